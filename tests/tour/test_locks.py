"""The two locks of the tour: one Python, one list of wishes, and far more than thirty other releases."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.pylock import Pylock

from samestack.cli.main import main
from samestack.compare.changes import compare
from samestack.lock.reading import read_lock
from samestack.model import Layer
from samestack.tour.cast import DEVELOPMENT, PRODUCTION, example_directory

EXAMPLE = example_directory()
LOCKS = (EXAMPLE / DEVELOPMENT, EXAMPLE / PRODUCTION)


def test_both_ask_for_the_same() -> None:
    one, other = (lock.with_name("requirements.txt").read_bytes() for lock in LOCKS)
    assert one == other


def test_both_are_for_one_python_and_differ_in_more_than_thirty_packages() -> None:
    one, other = (read_lock(lock) for lock in LOCKS)
    assert one.table.python == other.table.python == "3.10"
    changes = compare(one.snapshot.stack, other.snapshot.stack)
    changed = {change.name for change in changes if change.layer is Layer.PACKAGES}
    assert len(changed) > 30
    assert {"pillow", "scipy", "numpy", "opencv-python-headless", "scikit-learn"} <= changed


@pytest.mark.parametrize("lock", LOCKS, ids=["development", "production"])
def test_each_is_current_valid_and_names_no_address(lock: Path) -> None:
    assert main(["lock", str(lock.parent), "--check"]) == 0
    text = lock.read_text()
    assert re.findall(r"\w+://|\burl\b|path = \"[^\"]*/", text) == []
    document = Pylock.from_dict(tomllib.loads(text))
    document.validate()
    for package in document.packages:
        assert package.wheels, package.name
        assert all("sha256" in wheel.hashes for wheel in package.wheels)
