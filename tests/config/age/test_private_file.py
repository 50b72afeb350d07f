"""The decrypted text: in memory, for nobody else, gone afterwards."""

import os
import signal
from pathlib import Path

import pytest

from samestack.config.age.private_file import memory_directory, private_file
from samestack.errors import RequestError


def test_it_is_private_and_goes_with_all_that_is_left_beside_it(tmp_path: Path) -> None:
    with private_file("production.toml", b"A = 1\n", tmp_path) as path:
        assert path.read_bytes() == b"A = 1\n"
        assert path.name == "production.toml"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        (path.parent / ".production.toml.swp").write_text("A = 1\n")
        (path.parent / "backups").mkdir()
        (path.parent / "backups" / "one").write_text("A = 1\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_it_goes_whatever_happens(error: type[BaseException], tmp_path: Path) -> None:
    with pytest.raises(error), private_file("x.toml", b"", tmp_path):
        raise error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_goes_when_the_process_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as caught, private_file("x.toml", b"", tmp_path):
        os.kill(os.getpid(), number)
    assert caught.value.code == 128 + number
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(number) is before


def test_a_directory_in_memory_of_this_machine() -> None:
    if not os.path.ismount("/dev/shm"):
        pytest.skip("there is no /dev/shm")
    assert memory_directory({}) == Path("/dev/shm")


def test_a_runtime_directory_serves_too(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\ntmpfs {tmp_path} tmpfs rw 0 0\n")
    own = tmp_path / "user"
    own.mkdir()
    assert memory_directory({"XDG_RUNTIME_DIR": str(own)}, mounts) == own


@pytest.mark.parametrize("kind", ["ext4", "overlay"])
def test_a_disk_is_refused_with_a_remedy(kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"tmpfs /elsewhere tmpfs rw 0 0\n/dev/sda1 / {kind} rw 0 0\n")
    with pytest.raises(RequestError, match="no directory in memory") as caught:
        memory_directory({"XDG_RUNTIME_DIR": str(tmp_path)}, mounts)
    assert "/dev/shm" in (caught.value.hint or "")
    with pytest.raises(RequestError):
        memory_directory({}, tmp_path / "none")
