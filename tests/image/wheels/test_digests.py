"""What the files of an installed wheel must be, read once."""

import hashlib
from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.digests import installed_digests
from tests.image.wheels.wheel_maker import make_wheel, record

SITE = "opt/venv/lib/python3.11/site-packages"


def test_every_file_has_its_digest(tmp_path: Path) -> None:
    digests = installed_digests(read_wheel(make_wheel(tmp_path, {"demo.py": b"x"})), "/opt/venv", "3.11")
    assert digests[f"{SITE}/demo.py"] == hashlib.sha256(b"x").hexdigest()
    assert f"{SITE}/demo-1.0.dist-info/RECORD" in digests
    assert len(digests) == 5


def test_it_is_remembered_by_wheel_and_place(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, {"demo.py": b"remembered"})
    wheel = read_wheel(path)
    first = installed_digests(wheel, "/opt/venv", "3.11")
    path.unlink()
    assert installed_digests(wheel, "/opt/venv", "3.11") == first
    with pytest.raises(Exception, match="cannot be read"):
        installed_digests(wheel, "/opt/other", "3.11")


def test_a_record_that_lies_is_not_believed(tmp_path: Path) -> None:
    lying = record({"demo.py": b"innocent"}, "demo-1.0.dist-info/RECORD")
    wheel = read_wheel(make_wheel(tmp_path, {"demo.py": b"alterred", "demo-1.0.dist-info/RECORD": lying}))
    with pytest.raises(InputError, match="not what RECORD says"):
        installed_digests(wheel, "/opt/venv", "3.11")
