"""What a directory takes on the disk: held against du, and against links that the tests make."""

import os
import sys
from pathlib import Path

from samestack.envs.managing.disk_use import DiskUse, disk_use
from samestack.process import run

MEGABYTE = 1_048_576


def file(path: Path, size: int = MEGABYTE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(size))
    return path


def test_it_is_what_du_says_but_for_the_directory_itself(tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", tmp_path / "v"])
    file(tmp_path / "v/data")
    os.link(tmp_path / "v/data", tmp_path / "v/again")
    told = int(run(["du", "-s", "--block-size=1", tmp_path / "v"]).output.split()[0])
    own = (tmp_path / "v").lstat().st_blocks * 512
    assert disk_use(tmp_path / "v").total == told - own
    assert disk_use(tmp_path / "v").shared == 0


def test_what_is_linked_from_elsewhere_is_shared(tmp_path: Path) -> None:
    cached = file(tmp_path / "cache/torch.so")
    file(tmp_path / "v/own.so")
    empty = disk_use(tmp_path / "v")
    for name in ("one.so", "two.so"):
        os.link(cached, tmp_path / "v" / name)
    linked = disk_use(tmp_path / "v")
    taken = cached.stat().st_blocks * 512
    assert taken >= MEGABYTE
    assert linked == DiskUse(empty.total + taken, taken)


def test_a_hole_takes_nothing_and_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    with (tmp_path / "v/hole").open("wb") as hole:
        hole.truncate(1000 * MEGABYTE)
    file(tmp_path / "large", 8 * MEGABYTE)
    (tmp_path / "v/link").symlink_to(tmp_path / "large")
    (tmp_path / "v/loop").symlink_to(tmp_path / "v")
    assert disk_use(tmp_path / "v").total < MEGABYTE


def test_nothing_takes_nothing(tmp_path: Path) -> None:
    assert disk_use(tmp_path / "nothing") == DiskUse(0, 0)
