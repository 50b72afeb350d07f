"""The table of modules and their distributions."""

import re

import pytest

from samestack.model import normalized_python_name
from samestack.project.inference import import_names
from samestack.project.inference.import_names import distribution_of
from samestack.project.inference.standard_modules import is_standard

ROWS = [line.split("\t") for line in import_names._TABLE.read_text().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("cv2", "opencv-python"),
        ("sklearn.svm.SVC", "scikit-learn"),
        ("PIL.Image", "pillow"),
        ("yaml", "pyyaml"),
        ("google.cloud.storage.Client", "google-cloud-storage"),
        ("google.protobuf", "protobuf"),
        ("mpl_toolkits.mplot3d", "matplotlib"),
        ("pkg_resources", "setuptools"),
        ("torch.nn", "torch"),
        ("tensorflow.keras", "tensorflow"),
        ("faiss", "faiss-cpu"),
    ],
)
def test_known_modules(module: str, distribution: str) -> None:
    assert distribution_of(module) == distribution


@pytest.mark.parametrize("module", ["apex", "clip", "detectron2", "google", "google.unheard", "my_module"])
def test_what_is_not_known_is_not_guessed(module: str) -> None:
    assert distribution_of(module) is None


def test_the_rows_are_well_formed() -> None:
    assert len(ROWS) > 600
    assert all(len(row) == 3 and all(row) for row in ROWS)
    assert all(re.fullmatch(r"\w+(\.\w+)*", module) for module, _, _ in ROWS)
    assert all(name == normalized_python_name(name) for _, name, _ in ROWS)
    modules = [module for module, _, _ in ROWS]
    assert modules == sorted(set(modules), key=str.lower)


def test_no_row_is_about_the_standard_library() -> None:
    assert not [module for module, _, _ in ROWS if is_standard(module)]


@pytest.mark.parametrize(
    "module", ["os.path", "distutils.core", "tomllib", "imp", "urllib2", "cPickle", "cgi"]
)
def test_the_standard_library_of_any_python(module: str) -> None:
    assert is_standard(module)
