"""A wheel as a build tool makes it is read; each of its files is what the directory and RECORD say."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError
from samestack.image.wheels.archive import read_wheel
from tests.image.wheels.wheel_maker import make_wheel, record

FILES = {
    "demo/__init__.py": b"VALUE = 1\n" * 50,
    "demo/data.bin": bytes(range(256)) * 2000,
    "demo/empty": b"",
}


def test_it_says_what_it_is(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, FILES, name="My_Demo", version="1.0")
    wheel = read_wheel(path)
    assert (wheel.name, wheel.version, wheel.stem) == ("my-demo", "1.0", "My_Demo-1.0")
    assert wheel.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert wheel.described("WHEEL") is not None
    assert wheel.described("entry_points.txt") is None


@pytest.mark.parametrize("stored", [(), tuple(FILES)])
def test_files_are_read_and_taken_over(tmp_path: Path, stored: tuple[str, ...]) -> None:
    wheel = read_wheel(make_wheel(tmp_path, FILES, stored=stored))
    for name, data in FILES.items():
        file = wheel.files[name]
        assert (file.size, file.read(), file.digest()) == (len(data), data, hashlib.sha256(data).hexdigest())
        pieces = list(file.deflated().pieces)
        assert b"".join(piece.content for piece in pieces) == data


def test_pieces_are_small(tmp_path: Path) -> None:
    wheel = read_wheel(make_wheel(tmp_path, {"zeros": bytes(5 << 20)}))
    sizes = [(len(one.compressed), len(one.content)) for one in wheel.files["zeros"].deflated().pieces]
    assert sum(size for _, size in sizes) == 5 << 20
    assert max(max(pair) for pair in sizes) <= 1 << 20


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20])
def test_content_that_just_fills_a_piece(tmp_path: Path, size: int) -> None:
    data = b"\0" * size
    assert read_wheel(make_wheel(tmp_path, {"zeros": data})).files["zeros"].read() == data


def test_directories_are_no_files(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("demo/empty_directory")
    assert set(read_wheel(path).files) >= set(FILES)
    assert not any(name.endswith("/") for name in read_wheel(path).files)


def test_a_wheel_that_was_streamed(tmp_path: Path) -> None:
    """Sizes that are not known beforehand stand after the data."""
    path = tmp_path / "streamed.whl"
    source = make_wheel(tmp_path, FILES)
    pipe = _Pipe()
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name))
    path.write_bytes(pipe.getvalue())
    assert read_wheel(path).files["demo/data.bin"].read() == FILES["demo/data.bin"]


def test_sizes_of_zip64(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, FILES)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("large", "w", force_zip64=True) as file,
    ):
        file.write(b"x" * 1000)
    assert read_wheel(path).files["large"].read() == b"x" * 1000


def test_a_directory_of_zip64(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, FILES)
    path.write_bytes(as_zip64(path.read_bytes()))
    assert read_wheel(path).files["demo/__init__.py"].read() == FILES["demo/__init__.py"]


@pytest.mark.parametrize("hashed", ["", "md5=abc", "sha256=" + "0" * 64, "sha256=***"])
def test_a_hash_that_says_nothing_is_passed_over(tmp_path: Path, hashed: str) -> None:
    """A few real wheels write theirs in hexadecimal digits: the content is digested instead."""
    files = {"demo.py": b"x", "demo-1.0.dist-info/RECORD": f"demo.py,{hashed},1\n".encode()}
    file = read_wheel(make_wheel(tmp_path, files)).files["demo.py"]
    assert (file.sha256, file.read()) == ("", b"x")


def test_content_is_held_against_record(tmp_path: Path) -> None:
    lying = record({"demo.py": b"innocent"}, "demo-1.0.dist-info/RECORD")
    wheel = read_wheel(make_wheel(tmp_path, {"demo.py": b"alterred", "demo-1.0.dist-info/RECORD": lying}))
    with pytest.raises(InputError, match=r"demo\.py: its content is not what RECORD says") as error:
        wheel.files["demo.py"].read()
    assert "whl" in error.value.file


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("WHEEL", b"Wheel-Version: 2.0\n", "'2.0' is no known version of wheels"),
        ("WHEEL", b"", "'' is no known version of wheels"),
        (
            "METADATA",
            b"Name: other\nVersion: 1.0\n",
            "it is of 'other' '1.0', and its directory of 'demo-1.0'",
        ),
        ("METADATA", b"Name: demo\nVersion: 2.0\n", "it is of 'demo' '2.0'"),
        ("METADATA", b"\xff\xfe", "it is of '' ''"),
        ("RECORD", b"\xff", "it is malformed"),
        ("RECORD", b"a" * 200_000, "it is malformed"),
    ],
)
def test_metadata_that_contradicts_itself(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = make_wheel(tmp_path, {f"demo-1.0.dist-info/{name}": data})
    with pytest.raises(InputError, match=message):
        read_wheel(path)


@pytest.mark.parametrize("name", ["WHEEL", "METADATA", "RECORD"])
def test_metadata_that_is_missing(tmp_path: Path, name: str) -> None:
    source = make_wheel(tmp_path, {})
    path = tmp_path / "without.whl"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path, "w") as copy:
        for one in archive.namelist():
            if not one.endswith(name):
                copy.writestr(one, archive.read(one))
    with pytest.raises(InputError, match=rf"demo-1\.0\.dist-info/{name} is missing"):
        read_wheel(path)


@pytest.mark.parametrize("other", ["other-2.0.dist-info/METADATA", "DEMO-1.0.DIST-INFO/METADATA"])
def test_two_directories_of_metadata(tmp_path: Path, other: str) -> None:
    with pytest.raises(InputError, match="2 directories of metadata"):
        read_wheel(make_wheel(tmp_path, {other: b""}))


def test_metadata_in_other_letters(tmp_path: Path) -> None:
    path = tmp_path / "loud.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("demo-1.0.DIST-INFO/METADATA", b"")
    with pytest.raises(InputError, match="1 directories of metadata"):
        read_wheel(path)


def test_a_local_version_in_the_directory(tmp_path: Path) -> None:
    wheel = read_wheel(make_wheel(tmp_path, {}, name="torch", version="2.1.0+cpu"))
    assert wheel.version == "2.1.0+cpu"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="gone: cannot be read"):
        read_wheel(tmp_path / "gone")


def as_zip64(data: bytes, **lies: int) -> bytes:
    """An archive whose directory is told by a ZIP64 record, with lies in it."""
    end = struct.unpack("<4s4H2LH", data[-22:])
    count, size, start = end[4], end[5], end[6]
    true = {
        "size": 44,
        "here": count,
        "count": count,
        "length": size,
        "start": start,
        "where": len(data) - 22,
    }
    said = {**true, **lies}
    record64 = struct.pack(
        "<4sQ2H2L4Q",
        *(b"PK\x06\x06", said["size"], 45, 45, 0, 0),
        *(said["here"], said["count"], said["length"], said["start"]),
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, said["where"], 1)
    small = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    return data[:-22] + record64 + locator + small


class _Pipe(io.BytesIO):
    """What can be written to, but not gone back in."""

    def tell(self) -> int:
        raise io.UnsupportedOperation

    def seek(self, offset: int, whence: int = 0, /) -> int:  # noqa: ARG002 - as io has it
        raise io.UnsupportedOperation
