"""Provenance is given only of an image that names this very lock and no wheel beside it."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.attesting.agreement import check_was_built_from
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from tests.image.attesting.images import PACKAGING, PLUS, WHEELS, built, foreign

TEXT = f"""\
lock-version = "1.0"
created-by = "test"
[[packages]]
name = "packaging"
version = "24.1"
wheels = [{{ path = "packaging-24.1-py3-none-any.whl", hashes = {{ sha256 = "{PACKAGING}" }} }}]
[[packages]]
name = "torch"
version = "2.3.0+cpu"
wheels = [{{ path = "torch-2.3.0+cpu-py3-none-any.whl", hashes = {{ sha256 = "{PLUS}" }} }}]
"""


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    path = tmp_path / "pylock.toml"
    path.write_text(TEXT)
    return read_lock(path)


def test_the_lock_that_it_names(tmp_path: Path, lock: Lock) -> None:
    check_was_built_from(built(tmp_path / "image", lock=TEXT.encode()), lock, TEXT.encode())


def test_another_lock(tmp_path: Path, lock: Lock) -> None:
    with pytest.raises(RequestError, match=r"built from another lock than .*pylock\.toml"):
        check_was_built_from(built(tmp_path / "image", lock=b"older"), lock, TEXT.encode())


def test_a_wheel_that_the_lock_does_not_know(tmp_path: Path, lock: Lock) -> None:
    image = built(tmp_path / "image", lock=TEXT.encode(), wheels=WHEELS.replace(PLUS, "0" * 64))
    with pytest.raises(RequestError, match=r"does not know its wheel of torch 2\.3\.0\+cpu"):
        check_was_built_from(image, lock, TEXT.encode())


def test_an_image_of_another_tool(tmp_path: Path, lock: Lock) -> None:
    with pytest.raises(RequestError, match="samestack did not build it") as caught:
        check_was_built_from(foreign(tmp_path / "image"), lock, TEXT.encode())
    assert "--sbom" in (caught.value.hint or "")
