"""Files of another machine are seen as the same files here are, whatever the links and the server say."""

import os
import struct
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.ssh import transfer as transfer_module
from samestack.capture.ssh.packets import MalformedError, Type, string
from samestack.capture.ssh.tree import RemoteTree
from samestack.capture.tree import MachineTree, RootTree
from samestack.errors import InputError
from samestack.outside.source_error import SourceError
from tests.capture.ssh.small_server import DirectoryServer, Reply, transferring
from tests.capture.test_image_tree import PATHS, TREES, answers, content, plant


@given(TREES, st.lists(PATHS, max_size=8))
def test_a_root_elsewhere_answers_as_a_directory_does(
    said: list[tuple[str, bytes | str | None]], paths: list[str]
) -> None:
    server = DirectoryServer()
    with tempfile.TemporaryDirectory() as name, transferring(server) as transfer:
        root = os.path.realpath(name)
        plant(Path(root), said)
        tree = RemoteTree(transfer, "there", root)
        for path in ["/", *(f"/{place}" for place, _ in said), *paths]:
            assert answers(tree, path) == answers(RootTree(root), path)
    assert server.left_open == 0


@given(TREES, st.lists(PATHS, max_size=8))
def test_a_machine_elsewhere_answers_as_this_one_does(
    said: list[tuple[str, bytes | str | None]], paths: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name, transferring(DirectoryServer()) as transfer:
        root = os.path.realpath(name)
        plant(Path(root), said)
        tree = RemoteTree(transfer, "there")
        for path in [root, *(f"{root}/{place}" for place, _ in said), *(f"{root}{path}" for path in paths)]:
            assert _plain(answers(tree, path)) == _plain(answers(MachineTree(), path))


def _plain(found: list[object]) -> list[object]:
    """SFTP has one word for what is missing and for links that lead round in a circle."""
    return [OSError if one is FileNotFoundError else one for one in found]


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 32 * 1024, 32 * 1024 + 1, 300_000])
@pytest.mark.parametrize("most", [1000, 32 * 1024])
def test_a_server_may_give_less_at_once(tmp_path: Path, size: int, most: int) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    with transferring(DirectoryServer(most)) as transfer:
        tree = RemoteTree(transfer, "there")
        assert tree.read(f"{tmp_path}/file") == data
        assert content(tree, f"{tmp_path}/file") == data
        with tree.open(f"{tmp_path}/file") as file:
            assert file.seek(-size // 2, os.SEEK_END) == size - -(-size // 2)
            assert file.read() == data[size - -(-size // 2) :]


def test_files_of_the_kernel_have_more_in_them_than_their_size() -> None:
    with transferring(DirectoryServer()) as transfer:
        assert (
            RemoteTree(transfer, "there").read("/proc/sys/kernel/osrelease").decode().strip()
            == os.uname().release
        )


def test_what_is_too_large_and_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    os.mkfifo(tmp_path / "pipe")
    with transferring(DirectoryServer()) as transfer:
        tree = RemoteTree(transfer, "ada@there")
        with pytest.raises(InputError, match=rf"^ada@there:{tmp_path}/file: larger than the 3 bytes"):
            tree.read(f"{tmp_path}/file", limit=3)
        assert tree.read(f"{tmp_path}/file", limit=4) == b"text"
        for ask in (tree.read, tree.open):
            with pytest.raises(FileNotFoundError, match="not a regular file"):
                ask(f"{tmp_path}/pipe")


def test_metadata_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    count = 150
    for number in range(count):
        place = tmp_path / f"package{number}-1.0.dist-info"
        place.mkdir()
        (place / "METADATA").write_text(f"Name: package{number}")
        (place / "INSTALLER").write_text("uv")
    server = DirectoryServer()
    with transferring(server) as transfer:
        tree = RemoteTree(transfer, "there")
        packages = tree.entries(str(tmp_path))
        asked = len(server.asked)
        for one in packages:
            assert tree.is_file(f"{one.path}/METADATA")
            assert not tree.is_file(f"{one.path}/RECORD")
            assert tree.read(f"{one.path}/METADATA").startswith(b"Name: package")
            assert [inner.name for inner in tree.entries(one.path)] == ["INSTALLER", "METADATA"]
        assert len(packages) == count
        assert len(server.asked) == asked


def test_a_directory_of_which_much_is_asked_is_listed(tmp_path: Path) -> None:
    server = DirectoryServer()
    with transferring(server) as transfer:
        tree = RemoteTree(transfer, "there")
        assert not any(tree.is_file(f"{tmp_path}/libcudnn.so.{number}") for number in range(100))
    assert len(server.asked) < 10


def test_names_that_are_paths_are_no_names() -> None:
    """A directory that claims to hold ``../../etc``."""
    names = [b"../../etc", b"a/b", b"", b"..", b"good", b"\0"]

    def serve(kind: int, body: bytes) -> Reply:
        if kind == Type.OPENDIR:
            return Type.HANDLE, string(b"h")
        if kind == Type.READDIR and names:
            given = [string(one) + string(b"") + struct.pack(">I", 0) for one in names]
            names.clear()
            return Type.NAME, struct.pack(">I", len(given)) + b"".join(given)
        return Type.STATUS, struct.pack(">I", 1)

    with transferring(serve) as transfer:
        assert [one.name for one in RemoteTree(transfer, "there").entries("/x")] == ["good"]


def test_a_directory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer_module, "MAX_NAMES", 100)
    one = string(b"name") + string(b"") + struct.pack(">I", 0)

    def serve(kind: int, body: bytes) -> Reply:
        if kind == Type.READDIR:
            return Type.NAME, struct.pack(">I", 10) + one * 10
        return Type.HANDLE, string(b"h")

    with transferring(serve) as transfer:
        assert len(RemoteTree(transfer, "there").entries("/x")) == 1


@pytest.mark.parametrize(
    "reply",
    [
        (Type.DATA, string(b"x" * 40_000)),  # more than was asked for
        (Type.DATA, b"\0"),
        (Type.HANDLE, b""),
        (Type.VERSION, b""),
    ],
)
def test_a_server_that_lies(tmp_path: Path, reply: Reply) -> None:
    (tmp_path / "file").write_text("text")
    honest = DirectoryServer()

    def serve(kind: int, body: bytes) -> Reply:
        return reply if kind == Type.READ else honest(kind, body)

    with transferring(serve) as transfer, pytest.raises(MalformedError):
        RemoteTree(transfer, "there").read(f"{tmp_path}/file")


def test_a_server_that_goes_away(tmp_path: Path) -> None:
    with transferring(lambda *_: None) as transfer:
        with pytest.raises(SourceError, match=r"^ssh:there: the connection broke off") as caught:
            RemoteTree(transfer, "there").is_file("/etc/passwd")
        assert caught.value.hint == "see what it says: ssh there true"
