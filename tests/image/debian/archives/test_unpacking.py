"""Packages, whole and hostile: what is read of them, and that nothing of them does any harm."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.image.debian.archives import package_file
from samestack.image.debian.archives.unpacking import Unpacked, unpack
from samestack.image.debian.locked import LockedPackage
from samestack.image.layers.entry import EntryKind
from tests.image.debian.package_maker import ar, deb, described, fields, file, folder, link, tar, tree

A = LockedPackage(name="a1", version="1.0", architecture="amd64", file="a.deb", size=0, sha256="0" * 64)
WHOLE = deb(
    fields("a1"), tree({"usr/bin/a": "program"}), {"postinst": "#!/bin/sh\n", "conffiles": "/etc/a\n"}
)


def unpacked(data: bytes, directory: Path) -> Unpacked:
    path = directory / "a.deb"
    path.write_bytes(data)
    return unpack(A, path, directory)


def parts(data: bytes, control: bytes | None = None, name: str = "data.tar") -> bytes:
    """A package with this for its files."""
    known = control or tar([(file("./control"), described(fields("a1")).encode())])
    return ar([("debian-binary", b"2.0\n"), ("control.tar", known), (name, data)])


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz", ".zst"])
def test_every_packing_is_read(suffix: str, tmp_path: Path) -> None:
    files = tree({"usr/bin/a": "program", "usr/share/" + "long/" * 40 + "é": b"x" * 3000})
    found = unpacked(deb(fields("a1"), files, suffix=suffix), tmp_path)
    contents = {}
    for entry in found.entries:
        if entry.content is not None:
            with entry.content.open() as content:
                contents[entry.path] = content.read()
    assert contents == {"usr/bin/a": b"program", "usr/share/" + "long/" * 40 + "é": b"x" * 3000}


def test_what_describes_it_is_read(tmp_path: Path) -> None:
    found = unpacked(WHOLE, tmp_path)
    assert found.text("postinst") == "#!/bin/sh\n"
    assert found.text("prerm") == ""
    assert found.conffiles == ("/etc/a",)


def test_owners_modes_and_links_are_those_of_the_archive(tmp_path: Path) -> None:
    members = [
        (folder("./"), b""),
        (folder("./usr", 0o2775), b""),
        (file("./usr/su", mode=0o4755, uid=7, gid=42), b"su"),
        (link("./usr/same", "./usr/su", is_hard=True), b""),
        (link("./usr/out", "../../../etc/passwd"), b""),
    ]
    directory, su, same, out = unpacked(deb(fields("a1"), members), tmp_path).entries
    assert (directory.path, directory.kind, directory.mode) == ("usr", EntryKind.DIRECTORY, 0o2775)
    assert (su.mode, su.user, su.group) == (0o4755, 7, 42)
    assert (same.kind, same.target) == (EntryKind.HARDLINK, "usr/su")
    assert (out.kind, out.target) == (
        EntryKind.SYMLINK,
        "../../../etc/passwd",
    )  # where it leads, engines confine


def test_content_can_be_read_again_and_from_the_middle(tmp_path: Path) -> None:
    (_, _, program) = unpacked(WHOLE, tmp_path).entries
    assert program.content is not None
    with program.content.open() as content:
        assert content.read() == b"program"
        assert content.seek(3) == 3
        assert content.read(2) == b"gr"
        assert content.seek(-1, io.SEEK_END) == 6
        assert content.read() == b"m"


@pytest.mark.parametrize(
    "member",
    [
        file("../etc/passwd"),
        file("./usr/../../etc/passwd"),
        file("/etc/passwd"),
        file("./a\nb"),
        file("./dev/sda", type=tarfile.BLKTYPE, devmajor=8),
        file("./dev/null", type=tarfile.CHRTYPE, devmajor=1, devminor=3),
        file("./pipe", type=tarfile.FIFOTYPE),
        file("./odd", type=b"V"),
        link("./hard", "../../etc/passwd", is_hard=True),
        link("./hard", "/etc/passwd", is_hard=True),
    ],
    ids=lambda one: repr(one.name) + repr(one.type),
)
def test_devices_and_names_that_lead_out_are_refused(member: tarfile.TarInfo, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^a\.deb: "):
        unpacked(parts(tar([(member, b"")])), tmp_path)


def test_a_sparse_file_is_refused(tmp_path: Path) -> None:
    header = file("./sparse", type=tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT)
    with pytest.raises(InputError, match=r"^a\.deb: "):
        unpacked(parts(header + bytes(1024)), tmp_path)


def test_a_header_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    info = file("./x", type=tarfile.XHDTYPE, size=3 << 30)
    data = info.tobuf(tarfile.GNU_FORMAT)
    with pytest.raises(InputError, match=r"a header in it is too large"):
        unpacked(parts(data + bytes(4096)), tmp_path)


def test_what_grows_beyond_all_bounds_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_file, "MOST_BYTES", 1 << 20)
    with pytest.raises(InputError, match=r"data\.tar\.gz grows beyond"):
        unpacked(parts(gzip.compress(bytes(2 << 20)), name="data.tar.gz"), tmp_path)
    assert (tmp_path / "a1.tar").stat().st_size <= 1 << 20


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is no Debian package"),
        (b"!<arch>\n", "it is no Debian package of format 2"),
        (ar([("debian-binary", b"3.0\n")]), "it is no Debian package of format 2"),
        (ar([("debian-binary", b"2.0\n")]), "it has 0 archives 'control'"),
        (ar([("debian-binary", b"2.0\n"), ("x", b""), ("x", b"")]), "'x' ends too early or is there twice"),
        (parts(b"no archive at all" * 99), "its archive is malformed"),
        (parts(b"", name="data.tar.br"), "packed as '.br'"),
        (parts(b"no xz", name="data.tar.xz"), "packed in a broken way"),
        (parts(b"no gz", name="data.tar.gz"), "packed in a broken way"),
        (parts(b"no zstd", name="data.tar.zst"), "packed in a broken way"),
        (parts(tar([(file("./a"), b"a")])[:512] + b"x" * 1024), "goes on with something else"),
        (deb(fields("b1")), "it is b1 1.0 for amd64 and not a1=1.0"),
        (deb(fields("a1", "1.1")), "it is a1 1.1"),
        (parts(tar([]), control=tar([(file("./sub/control"), b"x")])), "nothing that describes a package"),
        (WHOLE[:-40], "ends too early"),
    ],
)
def test_what_is_no_package_is_said(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        unpacked(data, tmp_path)
    assert message in caught.value.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.data())
def test_an_altered_package_is_read_or_refused_and_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    plain = parts(tar(tree({"usr/bin/a": "program", "usr/lib/x": "y" * 600})))
    altered = bytearray(data.draw(st.sampled_from([WHOLE, plain])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(altered) - 1))
        altered[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        found = unpacked(bytes(altered), tmp_path)
    except InputError:
        return
    for entry in found.entries:
        assert not entry.path.startswith(("/", "../"))
        assert entry.content is None or entry.content.size >= 0
    assert {path.name for path in tmp_path.iterdir()} == {"a.deb", "a1.tar"}
