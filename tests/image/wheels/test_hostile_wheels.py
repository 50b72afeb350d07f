"""Whatever somebody puts into a wheel: it is refused, or it is what every other reader of zip files reads."""

import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.errors import InputError, RequestError
from samestack.image.layers.writing import write_layer
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed
from tests.image.layers.reading import contents
from tests.image.wheels.test_archive import as_zip64
from tests.image.wheels.wheel_maker import complete, make_wheel

Change = Callable[[bytes], bytes]
END, CENTRAL, LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
SHOWN = "demo-1.0-py3-none-any.whl"
FILES = {"demo/__init__.py": b"VALUE = 1\n" * 20, "demo-1.0.data/scripts/run": b"#!python\nprint()\n"}


def installed(path: Path) -> dict[str, bytes]:
    """The files of a layer that a wheel becomes."""
    out = io.BytesIO()
    write_layer(placed(read_wheel(path), "/v", "3.11"), out, moment=0)
    return contents(out.getvalue())


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "/etc/passwd", "demo/../../evil", "./demo", "demo//x", "demo/./x", "..", "demo/.."),
        *("demo\\..\\evil", "C:\\evil", "demo/\x07", "demo/.wh.passwd", ".wh..wh..opq", "demo/" + "n" * 256),
        *("demo/\u202egpj.py", "/".join(["d" * 200] * 12), "demo-1.0.data/scripts/../../evil"),
    ],
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"leads out of the wheel|may be called so|is called so"):
        installed(make_wheel(tmp_path, {**FILES, name: b"x"}))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("demo-1.0.data/data/bin/python", "would replace the environment's own"),
        ("demo-1.0.data/scripts/python3", "would replace the environment's own"),
        ("demo-1.0.data/scripts/activate", "would replace the environment's own"),
        ("demo-1.0.data/data/pyvenv.cfg", "would replace the environment's own"),
        ("demo-1.0.data/data/lib64/python3.11/site-packages/x", "would replace the environment's own"),
        ("demo-1.0.data/platlib/demo/__init__.py", "two of its files go to the same place"),
        ("demo-1.0.data/data/lib/python3.11/site-packages/demo/__init__.py", "two of its files"),
        ("demo-1.0.data/nonsense/file", "no installer knows where that goes"),
        ("demo-1.0.data/file", "no installer knows where that goes"),
        ("demo-1.0.data/data/bin", "a layer cannot hold v/bin/run: v/bin is no directory"),
    ],
)
def test_places_that_are_taken(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        installed(make_wheel(tmp_path, {**FILES, name: b"x"}))


@pytest.mark.parametrize("name", ["../evil", "a/b", ".", "..", "\x07"])
def test_commands_that_are_files_elsewhere(tmp_path: Path, name: str) -> None:
    points = f"[console_scripts]\n{name} = demo:main\n".encode()
    with pytest.raises(InputError, match="no command can be called"):
        installed(make_wheel(tmp_path, {"demo-1.0.dist-info/entry_points.txt": points}))


@pytest.mark.parametrize(
    "value", ["os:system('x')", "demo:main\\nimport evil", "demo;x:main", "demo", ":", ""]
)
def test_commands_that_are_programs(tmp_path: Path, value: str) -> None:
    points = f"[console_scripts]\nrun = {value}\n".encode()
    with pytest.raises(InputError, match="names no function"):
        installed(make_wheel(tmp_path, {"demo-1.0.dist-info/entry_points.txt": points}))


def test_a_python_of_its_own(tmp_path: Path) -> None:
    points = b"[console_scripts]\npython3.11 = demo:main\n"
    with pytest.raises(InputError, match="would replace the environment's own"):
        installed(make_wheel(tmp_path, {"demo-1.0.dist-info/entry_points.txt": points}))


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o020644, 0o060644, 0o140755, 0o040755])
@pytest.mark.parametrize("system", [0, 3])
def test_what_is_no_file(tmp_path: Path, mode: int, system: int) -> None:
    path = make_wheel(tmp_path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("demo/link")
        info.create_system, info.external_attr = system, mode << 16
        archive.writestr(info, b"/etc/passwd")
    with pytest.raises(InputError, match=r"demo/link: it is a link or something else that is no file"):
        read_wheel(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("demo/__init__.py", b"other")
    with pytest.raises(InputError, match=r"demo/__init__\.py: it is there twice"):
        read_wheel(path)


def test_a_file_that_is_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="demo: it is a file and a directory"):
        read_wheel(make_wheel(tmp_path, {**FILES, "demo": b"x"}))


def test_what_would_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.image.wheels.entry_names._ALWAYS_ALLOWED", 1 << 20)
    with pytest.raises(InputError, match="it would become 8,"):
        read_wheel(make_wheel(tmp_path, {"zeros": bytes(8 << 20)}))


def _swap(old: bytes, new: bytes, *, count: int = -1) -> Change:
    def change(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, count)

    return change


def _set(signature: bytes, offset: int, value: bytes) -> Change:
    """Other bytes so far behind a signature, the last one in the archive."""

    def change(data: bytes) -> bytes:
        place = data.rindex(signature) + offset
        return data[:place] + value + data[place + len(value) :]

    return change


def _inserted(data: bytes) -> bytes:
    """Something between two files, with every offset right."""
    return _moved(data, data.index(LOCAL, 10), b"PK\x03\x04 hidden from the directory")


def _moved(data: bytes, place: int, extra: bytes) -> bytes:
    """The archive with something put in, and all offsets behind it moved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
        offsets = [info.header_offset for info in archive.infolist()]
    central = bytearray(data[start:])
    at = 0
    for offset in offsets:
        moved = offset + len(extra) * (offset >= place)
        struct.pack_into("<L", central, at + 42, moved)
        at = central.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<L", central, len(central) - 6, start + len(extra))
    return data[:place] + extra + data[place:start] + bytes(central)


CHANGES: dict[str, tuple[Change, str]] = {
    "nothing of a zip": (lambda data: data[:-22], "it is no zip archive"),
    "empty": (lambda _: b"", "it is no zip archive"),
    "something at the end": (lambda data: data + b"x", "it is no zip archive"),
    "a comment": (lambda data: data[:-2] + b"\x01\x00x", "something after its directory"),
    "a second directory": (lambda data: data + data[data.rindex(END) :], "not where it claims"),
    "something before": (lambda data: b"#!/bin/sh\n" + data, "not where it claims"),
    "something before, told": (lambda data: _moved(data, 0, b"MZ"), "before its first file"),
    "something between": (_inserted, "something stands between"),
    "several parts": (_set(END, 4, b"\x01\x00"), "several parts"),
    "fewer files": (_set(END, 8, b"\x01\x00\x01\x00"), "has 5 files and claims 1"),
    "a shorter directory": (_set(END, 12, b"\x10\x00\x00\x00"), "not where it claims"),
    "a torn directory": (_set(CENTRAL, 0, b"XX"), "its directory is malformed"),
    "a name beyond the end": (_set(CENTRAL, 28, b"\xff\xff"), "its directory is malformed"),
    "extra fields torn": (_set(CENTRAL, 28, b"\x01\x00\x02\x00"), "are malformed"),
    "encrypted": (_set(CENTRAL, 8, b"\x01\x00"), "it is encrypted"),
    "patched": (_set(CENTRAL, 8, b"\x20\x00"), "it is encrypted"),
    "another method": (_set(CENTRAL, 10, b"\x0c\x00"), "unusual method"),
    "on another disk": (_set(CENTRAL, 34, b"\x01\x00"), "it is encrypted"),
    "another local name": (_swap(b"demo/__init__.py", b"demo/__evil__.py", count=1), "contradicts"),
    "another local method": (_set(LOCAL, 8, b"\x00\x00"), "contradicts the directory"),
    "another local flag": (_set(LOCAL, 6, b"\x02\x00"), "contradicts the directory"),
    "another local CRC": (_set(LOCAL, 14, b"1234"), "contradicts the directory"),
    "another local size": (_set(LOCAL, 22, b"\x01\x00\x00\x00"), "contradicts the directory"),
    "no local header": (_set(LOCAL, 0, b"XX"), "it is not where the directory says"),
    "two in one place": (_set(CENTRAL, 42, bytes(4)), "in the same place"),
    "overlapping": (_set(CENTRAL, 42, b"\x05\x00\x00\x00"), "between it|not where the directory says"),
    "beyond the directory": (_set(CENTRAL, 42, b"\xff\xff\x00\x00"), "between|is not where"),
    "more content than possible": (_set(CENTRAL, 24, b"\xff\xff\xff\x7f"), "claims more content"),
    "a name in no encoding": (_swap(b"demo/__init__.py", b"demo/\xff\xfeinit__.py"), "no known encoding"),
    "ZIP64 elsewhere": (lambda data: as_zip64(data, where=1), "ZIP64 record is not where"),
    "ZIP64 with more": (lambda data: as_zip64(data, size=100), "ZIP64 record is malformed"),
    "ZIP64 of two opinions": (lambda data: as_zip64(data, here=1), "ZIP64 record is malformed"),
    "ZIP64 of many files": (lambda data: as_zip64(data, here=1 << 40, count=1 << 40), "is not read"),
    "ZIP64 of a large directory": (lambda data: as_zip64(data, length=1 << 60), "not where it claims"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_archives_that_two_readers_read_differently(tmp_path: Path, name: str) -> None:
    change, message = CHANGES[name]
    path = make_wheel(tmp_path, FILES)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(InputError, match=message) as error:
        read_wheel(path)
    assert error.value.exit_status == 2


def test_two_directories_that_contradict_each_other(tmp_path: Path) -> None:
    """One is told by the plain record, the other by ZIP64: programs differ in which they believe."""
    path = make_wheel(tmp_path, FILES)
    data = as_zip64(path.read_bytes())
    path.write_bytes(data[:-22] + struct.pack("<4s4H2LH", END, 0, 0, 1, 1, 50, 0, 0))
    with pytest.raises(InputError, match="two directories contradict"):
        read_wheel(path)


def _with_stream(directory: Path, stream: bytes, data: bytes) -> Path:
    """A wheel that holds this very deflate stream as ``demo/x``, which is said to be the data."""
    files = {"demo/x": stream, "demo-1.0.dist-info/RECORD": b""}
    path = make_wheel(directory, files, stored=["demo/x"])
    raw = bytearray(path.read_bytes())
    numbers = struct.pack("<LLL", zlib.crc32(data), len(stream), len(data))
    for signature, method, place, name in ((LOCAL, 8, 14, 30), (CENTRAL, 10, 16, 46)):
        at = _header(raw, signature, name)
        raw[at + method : at + method + 2] = b"\x08\x00"
        raw[at + place : at + place + 12] = numbers
    path.write_bytes(raw)
    return path


def _header(raw: bytearray, signature: bytes, name: int) -> int:
    """Where the header of ``demo/x`` begins."""
    at = raw.index(signature)
    while not raw.startswith(b"demo/x", at + name):
        at = raw.index(signature, at + 1)
    return at


def _deflated(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


HONEST = b"honest content\n" * 100
TRAILER = struct.pack("<LL", zlib.crc32(HONEST), len(HONEST))
STREAMS: dict[str, tuple[bytes, bytes, str]] = {
    "another gzip member smuggled behind the content": (
        _deflated(HONEST) + TRAILER + b"\x1f\x8b\x08" + bytes(7) + _deflated(b"evil"),
        HONEST,
        "does not end where it should",
    ),
    "a byte behind the content": (_deflated(HONEST) + b"\0", HONEST, "does not end where it should"),
    "much behind the content": (_deflated(HONEST) + bytes(1 << 19), HONEST, "stands after its compressed"),
    "cut off": (_deflated(HONEST)[:-2], HONEST, "does not end where it should"),
    "no deflate": (b"\xff" * 40, HONEST, "its compressed content is malformed"),
    "longer than said": (_deflated(HONEST), HONEST[:-1], "has not the size and the CRC"),
    "far longer than said": (_deflated(bytes(50 << 20)), bytes(1000), "has not the size and the CRC"),
    "shorter than said": (_deflated(HONEST), HONEST + b"x", "has not the size and the CRC"),
    "another content": (_deflated(HONEST), HONEST[::-1], "has not the size and the CRC"),
}


@pytest.mark.parametrize("name", STREAMS)
def test_streams_that_are_not_what_they_claim(tmp_path: Path, name: str) -> None:
    stream, claimed, message = STREAMS[name]
    path = _with_stream(tmp_path, stream, claimed)
    wheel = read_wheel(path)
    for read in (wheel.files["demo/x"].read, wheel.files["demo/x"].digest):
        with pytest.raises(InputError, match=message):
            read()
    with pytest.raises(InputError, match=message):
        list(wheel.files["demo/x"].deflated().pieces)


def test_an_honest_stream_is_taken(tmp_path: Path) -> None:
    wheel = read_wheel(_with_stream(tmp_path, _deflated(HONEST), HONEST))
    assert wheel.files["demo/x"].read() == HONEST


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A wheel with a few bytes altered, cut out, doubled or put in."""
    data = bytearray(_VALID)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        width = draw(st.sampled_from([1, 2, 4, 30]))
        new = draw(st.binary(max_size=4) | st.sampled_from([LOCAL, CENTRAL, END, b"\xff" * 4, bytes(8)]))
        data[at : at + draw(st.sampled_from([0, len(new), width]))] = new
    return bytes(data)


with tempfile.TemporaryDirectory() as _directory:
    _VALID = make_wheel(Path(_directory), FILES, stored=["demo/__init__.py"]).read_bytes()


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled())
def test_whatever_it_is_given_it_refuses_or_reads_as_others_do(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / SHOWN
        path.write_bytes(data)
        try:
            files = installed(path)
        except RequestError:
            return
        with zipfile.ZipFile(path) as archive:
            for one in archive.namelist():
                place = f"v/lib/python3.11/site-packages/{one}"
                if place in files and not one.endswith(("RECORD", "INSTALLER")):
                    assert files[place] == archive.read(one)
        assert all(place.startswith("v/") and ".." not in place.split("/") for place in files)


def test_the_wheel_that_is_spoiled_is_sound(tmp_path: Path) -> None:
    path = tmp_path / SHOWN
    path.write_bytes(_VALID)
    expected = {f"v/lib/python3.11/site-packages/{name}" for name in complete({})} | {
        "v/lib/python3.11/site-packages/demo/__init__.py",
        "v/lib/python3.11/site-packages/demo-1.0.dist-info/INSTALLER",
        "v/bin/run",
    }
    assert set(installed(path)) == expected
