"""System packages are recognised by name, across distributions."""

import pytest
from hypothesis import given

from samestack.knowledge.system_libraries import system_libraries, system_library
from samestack.model.risk import Risk
from tests.strategies import texts


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("libjpeg62-turbo", "JPEG decoder"),
        ("libjpeg-turbo", "JPEG decoder"),
        ("libtiff6", "image codec"),
        ("libavcodec59", "video and audio codec"),
        ("libsndfile1", "audio library"),
        ("libopenblas0-pthread", "BLAS and LAPACK"),
        ("intel-mkl", "BLAS and LAPACK"),
        ("libgomp1", "OpenMP and thread runtime"),
        ("libc6", "C library"),
        ("libstdc++6", "compiler runtime"),
        ("libgl1-mesa-glx", "graphics library"),
        ("cuda-cudart-12-4", "CUDA library"),
        ("tesseract-ocr", "text recognition"),
        ("poppler-utils", "document renderer"),
        ("libicu72", "text and locale data"),
        ("tzdata", "time zone data"),
        ("fonts-dejavu-core", "font and text renderer"),
        ("dejavu-sans-fonts", "font and text renderer"),
        ("LIBGOMP", "OpenMP and thread runtime"),
    ],
)
def test_libraries_are_known_by_their_packages(name: str, kind: str) -> None:
    library = system_library(name)
    assert library is not None
    assert library.kind == kind


@pytest.mark.parametrize("name", ["bash", "coreutils", "libgsl27", "libgsm1", "libraw1394-11", "libssl3", ""])
def test_other_packages_are_not(name: str) -> None:
    assert system_library(name) is None


def test_every_kind_is_a_judgement_with_patterns_and_public_sources() -> None:
    patterns = [pattern for library in system_libraries().libraries for pattern in library.patterns]
    assert len(patterns) == len(set(patterns))
    assert all(pattern == pattern.lower() for pattern in patterns)
    for library in system_libraries().libraries:
        assert library.patterns
        assert library.risk in {Risk.BREAKS, Risk.RESULTS}
        assert library.text.endswith(".")
        assert library.sources
        assert all(source.startswith("https://") for source in library.sources)


@given(texts)
def test_any_name_can_be_asked_for(name: str) -> None:
    library = system_library(name)
    assert library is None or library in system_libraries().libraries
