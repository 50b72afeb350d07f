"""Tar archives are read as Go's reader reads them: held against the standard library, and against tricks."""

import io
import tarfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.oci.layers.tar_members import TarMember, members
from samestack.oci.random_access import RandomAccessFile
from tests.oci.small_images import Member, directory, file, hard_link, member, symlink, tar

FORMATS = (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)
LONG = "/".join(["directory" * 5] * 8) + "/" + "n" * 200
NAMES = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=150)


def opened(data: bytes) -> RandomAccessFile:
    spool = RandomAccessFile.temporary()
    spool.append(data)
    return spool


def read(data: bytes) -> list[TarMember]:
    return list(members(opened(data), 0, len(data), where="layer"))


def contents(data: bytes) -> Iterator[bytes]:
    spool = opened(data)
    for one in members(spool, 0, len(data), where="layer"):
        yield spool.read_at(one.offset, one.size)


@pytest.mark.parametrize("kind", FORMATS)
@given(st.lists(st.tuples(NAMES, st.binary(max_size=1500), st.integers(0, 2**40)), max_size=6))
def test_names_contents_and_numbers_are_those_that_the_standard_library_wrote(
    kind: int, said: list[tuple[str, bytes, int]]
) -> None:
    archive = tar(*(file(name, content, uid=user) for name, content, user in said), kind=kind)
    found = read(archive)
    assert [(one.header.name, one.header.user) for one in found] == [(name, user) for name, _, user in said]
    assert list(contents(archive)) == [content for _, content, _ in said]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_type(kind: int) -> None:
    said: list[Member] = [
        directory("usr/"),
        file(LONG, "text", mode=0o4755, gid=7),
        symlink("link", LONG),
        hard_link("again", LONG),
        member("null", tarfile.CHRTYPE, devmajor=1, devminor=3),
        member("disk", tarfile.BLKTYPE),
        member("pipe", tarfile.FIFOTYPE),
    ]
    found = [one.header for one in read(tar(*said, kind=kind))]
    assert [one.name.rstrip("/") for one in found] == ["usr", LONG, "link", "again", "null", "disk", "pipe"]
    assert [one.type for one in found] == list("5021346")
    assert (found[1].mode, found[1].group) == (0o4755, 7)
    assert [one.target for one in found[2:4]] == [LONG, LONG]


def test_a_standard_name_of_two_parts() -> None:
    name = "a" * 90 + "/" + "b" * 90
    assert read(tar(file(name), kind=tarfile.USTAR_FORMAT))[0].header.name == name


def test_names_that_are_no_text_are_kept() -> None:
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    assert read(tar(file(name), kind=tarfile.GNU_FORMAT))[0].header.name == name


def test_nothing_at_all_is_an_archive() -> None:
    assert read(b"") == []
    assert read(bytes(1024)) == []


def test_an_archive_may_end_without_a_mark() -> None:
    archive = tar(file("a", "text"))[:1024]
    assert len(read(archive)) == 1
    assert len(read(archive[: 512 + 4])) == 1


def test_what_follows_the_end_is_not_read() -> None:
    hidden = tar(file("a")) + tar(file("hidden"))
    assert [one.header.name for one in read(hidden)] == ["a"]


def test_global_headers_say_nothing() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", pax_headers={"comment": "x" * 2000, "path": "b"}) as archive:
        archive.addfile(tarfile.TarInfo("a"))
    assert [one.header.name for one in read(out.getvalue())] == ["a"]


def pax(records: bytes, after: bytes | None = None) -> bytes:
    """An extended header with these records, before a file ``a``."""
    head = tarfile.TarInfo("pax")
    head.type, head.size = tarfile.XHDTYPE, len(records)
    padded = records + bytes(-len(records) % 512)
    return head.tobuf(tarfile.USTAR_FORMAT) + padded + (tar(file("a", "text")) if after is None else after)


def record(key: str, value: str) -> bytes:
    body = f" {key}={value}\n".encode()
    length = len(body) + len(str(len(body) + len(str(len(body)))))
    return str(length).encode() + body


def test_a_size_in_an_extension_counts() -> None:
    """Readers that disagree on this one see other files (CVE-2025-62518)."""
    inner = tar(file("hidden"))[:512]
    data = file("a", b"")[0].tobuf(tarfile.USTAR_FORMAT) + inner + bytes(1024)
    assert [one.header.name for one in read(pax(record("size", "512"), data))] == ["a"]
    assert [one.header.name for one in read(data)] == ["a", "hidden"]


def patched(block: bytes, start: int, field: bytes) -> bytes:
    """A header with a field changed, and its checksum right again."""
    block = block[:start] + field + block[start + len(field) :]
    total = sum(block[:148]) + 8 * 32 + sum(block[156:])
    return block[:148] + b"%06o\0 " % total + block[156:]


HEADER = file("a", b"")[0].tobuf(tarfile.USTAR_FORMAT)
REFUSED = {
    "a checksum that is wrong": HEADER[:148] + b"0000000\0" + HEADER[156:],
    "a checksum that is none": HEADER[:148] + b"checksum" + HEADER[156:],
    "no archive": b"this is no archive" * 100,
    "a header cut off": HEADER[:200],
    "content cut off": tar(file("a", "x" * 3000))[:2000],
    "a size with an underscore": patched(HEADER, 124, b"0000001_000\0"),
    "a size with a sign": patched(HEADER, 124, b"-0000001000\0"),
    "a negative size": patched(HEADER, 124, b"\xff" * 11 + b"\xf0"),
    "a size of more than any disk": patched(HEADER, 124, b"\x80" + b"\x7f" * 11),
    "a lone block of zeros": HEADER + bytes(512) + HEADER,
    "a sparse file of GNU": patched(HEADER, 156, b"S"),
    "a volume's name": patched(HEADER, 156, b"V"),
    "an unknown type": patched(HEADER, 156, b"Z"),
    "an extension at the end": pax(record("path", "b"), b""),
    "an extension of gigabytes": patched(HEADER, 156, b"x")[:124] + b"77777777777\0" + HEADER[136:],
    "an extension of 2 MiB": pax(record("comment", "x" * (2 << 20))),
    "a long name of 2 MiB": tar(file("n" * (2 << 20)), kind=tarfile.GNU_FORMAT),
    "a sparse file of pax": pax(record("GNU.sparse.major", "1")),
    "a record that is longer than it is": pax(b"99 path=b\n"),
    "a record that is shorter than it is": pax(b"5 path=b\n"),
    "a record without a length": pax(b"path=b\n"),
    "a record of length 0": pax(b"0 path=b\n"),
    "a record with a huge length": pax(b"9" * 5000 + b" path=b\n"),
    "a record without a key": pax(record("", "b")),
    "a record with a zero in its name": pax(record("path", "b\0c")),
    "a record with a negative size": pax(record("size", "-1")),
    "a record with a size in words": pax(record("size", "1e3")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"layer: byte \d+: it is no tar archive that is read"):
        read(REFUSED[name])


def test_old_programs_summed_signed_bytes() -> None:
    block = patched(HEADER, 0, "é".encode())
    signed = sum(byte - 256 if byte > 127 else byte for byte in block[:148] + b" " * 8 + block[156:])
    assert len(read(block[:148] + b"%06o\0 " % signed + block[156:])) == 1


def test_the_place_is_counted_from_the_start_of_the_archive() -> None:
    spool = RandomAccessFile.temporary()
    spool.append(bytes(5000) + tar(file("a"))[:512] + b"x" * 512)
    with pytest.raises(InputError, match="byte 512"):
        list(members(spool, 5000, spool.size, where="layer"))


@given(st.binary(max_size=3000), st.integers(0, 2047), st.integers(0, 255))
def test_whatever_it_is_it_is_read_or_refused(data: bytes, place: int, byte: int) -> None:
    archive = bytearray(tar(file("a", data[:700]), symlink("b", "a" * 120), file("é" * 60)))
    archive[place] = byte
    for one in (data, bytes(archive), bytes(archive[: len(data)])):
        try:
            found = read(one)
        except InputError:
            continue
        assert all(member.offset + member.size <= len(one) for member in found)


def test_headers_far_behind_each_other() -> None:
    said = [file(f"file-{number}", "x" * (number * 997 % 200_000)) for number in range(60)]
    assert [one.header.name for one in read(tar(*said))] == [info.name for info, _ in said]
