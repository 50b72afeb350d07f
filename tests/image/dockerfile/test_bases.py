"""What is built on: what the lock needs, what people name, and what no Dockerfile can take."""

import pytest

from samestack.errors import RequestError
from samestack.image.dockerfile.bases import PythonSource, Wanted, cuda_base, named_base, usual_base

ELEVEN = Wanted(series="3.11", glibc="2.28")


@pytest.mark.parametrize(("glibc", "name"), [("", "bookworm"), ("2.36", "bookworm"), ("2.39", "trixie")])
def test_pythons_own_image_on_a_glibc_that_suffices(glibc: str, name: str) -> None:
    base = usual_base(Wanted(series="3.12", glibc=glibc))
    assert (base.name, base.python) == (f"python:3.12-slim-{name}", PythonSource.BASE)


@pytest.mark.parametrize(
    ("text", "name", "python"),
    [
        ("debian:bookworm", "debian:bookworm-slim", PythonSource.DEBIAN),
        ("debian:trixie", "debian:trixie-slim", PythonSource.COPY),
        ("ubuntu:22.04", "ubuntu:22.04", PythonSource.COPY),
        (
            "registry:registry.example.com:5000/team/python:1",
            "registry.example.com:5000/team/python:1",
            "base",
        ),
        ("image:team/base", "team/base", PythonSource.BASE),
        ("nvidia/cuda:12.2.2-base-ubuntu22.04", "nvidia/cuda:12.2.2-base-ubuntu22.04", PythonSource.COPY),
    ],
)
def test_named_bases(text: str, name: str, python: str) -> None:
    base = named_base(text, ELEVEN)
    assert (base.name, base.python) == (name, python)


def test_the_settings_say_where_python_comes_from() -> None:
    wanted = Wanted(series="3.11", python="copy")
    assert named_base("debian:bookworm", wanted).python is PythonSource.COPY
    with pytest.raises(RequestError, match="take Python from '/usr'"):
        named_base("debian:bookworm", Wanted(series="3.11", python="/usr"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("scratch", "nothing that a Dockerfile can build on"),
        ("oci:build", "nothing that a Dockerfile can build on"),
        ("./image.tar", "nothing that a Dockerfile can build on"),
        ("python:3.11-alpine", "need glibc"),
        ("debian:bullseye\nRUN evil", "no name of an image"),
        ("python@sha256:12", "no name of an image"),
        ("--platform=x", "no name of an image"),
    ],
)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        named_base(text, ELEVEN)


def test_a_base_that_is_too_old() -> None:
    with pytest.raises(RequestError, match=r"needs glibc 2\.34, and bullseye has 2\.31"):
        named_base("python:3.11-slim-bullseye", Wanted(series="3.11", glibc="2.34"))


def test_a_glibc_that_nobody_has() -> None:
    with pytest.raises(RequestError, match=r"needs glibc 2\.99"):
        usual_base(Wanted(series="3.11", glibc="2.99"))


def test_no_cuda_is_needed() -> None:
    with pytest.raises(RequestError, match="nothing in the lock is known to use CUDA"):
        cuda_base(None, ELEVEN)
