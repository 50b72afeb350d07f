"""Distributions that overwrite each other, and those that only share a namespace."""

from pathlib import Path

import pytest

from samestack.capture.options import Options
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.import_names import import_names
from samestack.capture.probes.python.overlapping_files import MAX_OWNERS, overlapping_files
from samestack.capture.readers.environments.venv import read
from samestack.model import Remark
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.real_environments import TOOLS, environment

TREE = MemoryTree({})


def distribution(name: str, *files: str, site: str = "/site") -> Distribution:
    """``files`` are paths with what their hash is: ``cv2/__init__.py=A``."""
    rows = (
        f"{path},sha256={hashed},1\n" if hashed else f"{path},,\n" for path, _, hashed in map(parted, files)
    )
    return Distribution(
        name=name,
        version="1.0",
        site_directory=site,
        metadata_directory=f"{site}/{name}-1.0.dist-info",
        record="".join(rows),
    )


def parted(text: str) -> tuple[str, str, str]:
    return text.rpartition("=") if "=" in text else (text, "", "")


def remarks(*distributions: Distribution) -> tuple[Remark, ...]:
    names = {one.metadata_directory: import_names(TREE, one) for one in distributions}
    return overlapping_files(TREE, distributions, names)


OPENCV = ("cv2/__init__.py=A", "cv2/cv2.abi3.so=B", "cv2/LICENSE.txt=L", "cv2/gapi/__init__.py=G")
HEADLESS = ("cv2/__init__.py=A", "cv2/cv2.abi3.so=C", "cv2/LICENSE.txt=L", "cv2/version.py=V")


def test_two_that_own_the_same_files_of_other_content() -> None:
    (remark,) = remarks(
        distribution("opencv-python", *OPENCV), distribution("opencv-python-headless", *HEADLESS)
    )
    assert (remark.code, remark.subject) == ("overlapping-files", "opencv-python, opencv-python-headless")
    assert remark.message == (
        "opencv-python and opencv-python-headless own the same 3 files, 1 of other content "
        "(cv2/cv2.abi3.so first): the one that was installed last has overwritten the other's"
    )
    assert remark.place == "/site/opencv-python-1.0.dist-info"


def test_every_pair_is_told_once() -> None:
    three = [distribution(name, f"cv2/x.py={name}", f"cv2/y.py={name}") for name in ("a", "b", "c")]
    assert [one.subject for one in remarks(*three)] == ["a, b", "a, c", "b, c"]


def test_modules_and_extension_modules_collide_too() -> None:
    suffix = "cpython-311-x86_64-linux-gnu.so"
    first = distribution("a", "one.py=A", f"two.{suffix}=A")
    second = distribution("b", "one.py=B", f"two.{suffix}=B")
    (remark,) = remarks(first, second)
    assert "own the same 2 files, 2 of other content (one.py first)" in remark.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(["nv/__init__.py=E", "nv/a.py=A"], ["nv/__init__.py=E", "nv/b.py=B"], id="namespace"),
        pytest.param(["g/__init__.py=X", "g/a.py=A"], ["g/__init__.py=Y", "g/b.py=B"], id="its comment"),
        pytest.param(["tests/test_a.py=A", "a.py=A"], ["tests/test_a.py=B", "b.py=B"], id="tests"),
        pytest.param(["docs/conf.py=A"], ["docs/conf.py=B"], id="documentation"),
        pytest.param(
            ["LICENSE=A", "README.md=A", "a.py=A"], ["LICENSE=B", "README.md=B", "b.py=B"], id="top"
        ),
        pytest.param(["m/README.md=A", "m/a.py=A"], ["m/README.md=B", "m/b.py=B"], id="texts"),
        pytest.param(["m/a.py=A", "m/b.py=B"], ["m/a.py=A", "m/b.py=B"], id="the same code"),
        pytest.param(["m/a.py", "m/b.py=B"], ["m/a.py=A", "m/c.py=B"], id="no hash"),
        pytest.param(["../../../bin/x.py=A", "a.py=A"], ["../../../bin/x.py=B", "b.py=B"], id="outside"),
    ],
)
def test_what_harms_nobody_is_not_told(one: list[str], other: list[str]) -> None:
    assert remarks(distribution("one", *one), distribution("other", *other)) == ()


def test_hashes_of_different_algorithms_say_nothing() -> None:
    one, other = distribution("one", "m/a.py=A"), distribution("other", "m/a.py=A")
    changed = Distribution(
        name="other",
        version="1.0",
        site_directory=other.site_directory,
        metadata_directory=other.metadata_directory,
        record="m/a.py,sha384=B,1\n",
    )
    assert remarks(one, changed) == ()


def test_other_directories_and_doubled_metadata_do_not_overlap() -> None:
    here, there = distribution("a", "m/a.py=A"), distribution("b", "m/a.py=B", site="/other")
    assert remarks(here, there) == ()
    twin = distribution("a", "m/a.py=B")
    assert remarks(here, twin) == ()


def test_a_file_that_is_listed_twice_is_owned_once() -> None:
    (remark,) = remarks(distribution("a", "m/a.py=A", "m/a.py=A"), distribution("b", "m/a.py=B"))
    assert "own the same file, 1 of other content" in remark.message


def test_hundreds_of_owners_are_not_held_against_each_other() -> None:
    many = [distribution(f"d{number}", f"m/a.py={number}") for number in range(100)]
    assert len(remarks(*many)) == MAX_OWNERS * (MAX_OWNERS - 1) // 2


# Both are imported as jwt: a well-known mistake in requirement files.
@pytest.mark.registry
@pytest.mark.parametrize("series", ["3.8", "3.12"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_real_pair(tool: str, series: str) -> None:
    found = overlaps(environment(tool, series, "jwt==1.3.1", "PyJWT==2.8.0"))
    assert [(one.code, one.subject) for one in found] == [("overlapping-files", "jwt, pyjwt")]
    assert "jwt/exceptions.py first" in found[0].message


@pytest.mark.registry
def test_real_namespaces() -> None:
    shared = (
        "backports.tarfile==1.2.0",
        "backports.csv==1.0.7",
        "jaraco.classes==3.4.0",
        "jaraco.text==3.12.1",
    )
    assert overlaps(environment("uv", "3.12", *shared)) == []


def overlaps(prefix: Path) -> list[Remark]:
    observation = read(str(prefix), Options(deep=True))
    return [one for one in observation.remarks if one.code == "overlapping-files"]
