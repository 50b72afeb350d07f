"""What is not a picture of a part is refused in one line that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from defect_detection.errors import InputError
from defect_detection.parts import HEIGHT, WIDTH
from defect_detection.pictures import TRUTH, list_pictures, read_picture, read_truth


def test_pictures_are_listed_by_name_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.jpg", "truth.json"):
        (tmp_path / name).touch()
    assert [path.name for path in list_pictures(tmp_path)] == ["a.jpg", "b.jpg"]


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \*\.jpg picture"):
        list_pictures(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off"])
def test_a_file_that_is_not_a_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "part.jpg"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"part\.jpg: cannot be read as a picture"):
        read_picture(path)


def test_a_picture_of_another_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "part.jpg"
    Image.new("RGB", (20, 10)).save(path)
    with pytest.raises(InputError, match=f"20 by 10 pixels, not {WIDTH} by {HEIGHT}"):
        read_picture(path)


@pytest.mark.parametrize("content", ["", "[]", '{"part.jpg": "broken"}', '{"part.jpg": 3}'])
def test_a_truth_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / TRUTH).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=TRUTH):
        read_truth(tmp_path)
