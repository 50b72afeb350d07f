"""Everything that a program prints or writes becomes fields, by the names of the files."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from pyarrow import parquet

from samestack.behaviour.recording import output_files
from samestack.behaviour.recording.output_files import answer_of
from samestack.behaviour.recording.recording import Answer, Picture
from samestack.errors import OutsideError, RequestError


@pytest.fixture
def written(tmp_path: Path) -> Path:
    directory = tmp_path / "written"
    directory.mkdir()
    return directory


def answer(written: Path, printed: str | bytes = "") -> Answer:
    path = written.parent / "printed"
    path.write_bytes(printed.encode() if isinstance(printed, str) else printed)
    return answer_of(path, written)


def plain(fields: Answer) -> dict[str, Any]:
    return {path: getattr(value, "tolist", lambda value=value: value)() for path, value in fields.items()}


def test_nothing_is_no_field(written: Path) -> None:
    assert answer(written, "\n") == {}


def test_what_is_printed_and_what_is_written(written: Path) -> None:
    (written / "result.json").write_text('{"boxes": [[1, 2]], "label": "ok"}')
    (written / "rows.jsonl").write_text('{"a": 1}\n{"a": 2}\n')
    (written / "one.jsonl").write_text('{"a": 1}\n')
    (written / "table.csv").write_text("x,y\n1,a\n2,b\n")
    (written / "notes.txt").write_text("a, b\n1, 2\n")
    np.save(written / "scores.npy", np.array([0.5], np.float32))
    np.savez(written / "all.npz", first=np.arange(2), second=np.array(["t"]))
    (written / "more").mkdir()
    (written / "more" / "list.json").write_text("[1, 2]")
    (written / "weights.bin").write_bytes(b"abc")
    assert plain(answer(written, '{"total": 3}')) == {
        "total": 3,
        "all.first": [0, 1],
        "all.second": ["t"],
        "more.list": [1, 2],
        "notes": "a, b\n1, 2\n",
        "one.a": [1],
        "result.boxes": [[1, 2]],
        "result.label": "ok",
        "rows.a": [1, 2],
        "scores": [0.5],
        "table.x": [1, 2],
        "table.y": ["a", "b"],
        "weights": "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }


def test_a_name_that_is_taken_keeps_its_suffix(written: Path) -> None:
    np.save(written / "scores.npy", np.arange(2))
    (written / "scores.json").write_text("1.5")
    (written / "total.txt").write_text("x")
    assert plain(answer(written, '{"total": 3}')) == {
        "total": 3,
        "scores": 1.5,
        "scores.npy": [0, 1],
        "total.txt": "x",
    }


def test_pictures(written: Path) -> None:
    Image.new("RGB", (3, 2), (1, 2, 3)).save(written / "mask.png")
    Image.new("L", (3, 2)).save(written / "photo.JPG", format="JPEG")
    fields = answer(written)
    assert fields["mask"] == Picture(np.full((2, 3, 3), (1, 2, 3), np.uint8))
    assert isinstance(fields["photo"], Picture)


def test_parquet(written: Path) -> None:
    table = pa.table(
        {
            "score": pa.array([0.5, 1.5], pa.float32()),
            "name": ["a", "b"],
            "gap": pa.array([1, None]),
            "box": [[1.0, 2.0], [3.0, 4.0]],
        }
    )
    parquet.write_table(table, written / "rows.parquet")
    fields = answer(written)
    assert fields["rows.score"].dtype == np.float32  # type: ignore[union-attr]
    assert fields["rows.name"].tolist() == ["a", "b"]  # type: ignore[union-attr]
    assert np.isnan(fields["rows.gap"][1])  # type: ignore[index]
    assert fields["rows.box"].shape == (2, 2)  # type: ignore[union-attr]


def test_records_of_numpy_are_columns(written: Path) -> None:
    np.save(written / "rows.npy", np.array([(1, 0.5)], dtype=[("id", "i4"), ("score", "f4")]))
    assert plain(answer(written)) == {"rows.id": [1], "rows.score": [0.5]}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.json", b"{", "x.json is not JSON"),
        ("x.jsonl", b"{\n", "x.jsonl is not JSON"),
        ("x.npy", b"junk", "x.npy cannot be read"),
        ("x.npz", b"junk", "x.npz cannot be read"),
        ("x.png", b"junk", "x.png cannot be read: it is no picture"),
        ("x.parquet", b"junk", "x.parquet is not Parquet"),
        ("x.txt", b"\xff\xfe\xff", "x.txt is not UTF-8 text"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(written: Path, name: str, data: bytes, message: str) -> None:
    (written / name).write_bytes(data)
    with pytest.raises(OutsideError, match=message):
        answer(written)


def test_what_is_printed_has_to_be_text(written: Path) -> None:
    with pytest.raises(OutsideError, match="standard output is not UTF-8 text") as caught:
        answer(written, b"\x00\xff")
    assert caught.value.hint is not None


def test_pickled_objects_are_never_loaded(written: Path) -> None:
    np.save(written / "x.npy", np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(OutsideError, match="pickled objects"):
        answer(written)


def test_links_are_not_followed(written: Path) -> None:
    (written / "x.txt").symlink_to("/etc/hostname")
    with pytest.raises(OutsideError, match="no regular file"):
        answer(written)


def test_limits(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.npy", bytes(10_000))
    (written / "x.npz").write_bytes(file.getvalue())
    monkeypatch.setattr(output_files, "MAX_BYTES", 5_000)
    with pytest.raises(OutsideError, match="holds more than"):
        answer(written)
    monkeypatch.setattr(output_files, "MAX_FILE_BYTES", 100)
    with pytest.raises(OutsideError, match=r"x\.npz is larger"):
        answer(written)
    monkeypatch.setattr(output_files, "MAX_FILES", 0)
    with pytest.raises(OutsideError, match="more was written"):
        answer(written)


def test_a_library_that_is_missing_is_named(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "numpy", None)
    with pytest.raises(RequestError, match="takes numpy, which is not installed") as caught:
        answer(written, "[1, 2]")
    assert caught.value.hint == 'install it with: pip install "samestack[behaviour]"'
    assert answer(written, '{"a": 1}') == {"a": 1}
