"""apk's database."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.alpine_packages import read_alpine_packages
from samestack.model import Stack
from tests.capture.probes.memory_tree import MemoryTree

INSTALLED = """\
C:Q1dVGMPL4dK9XyPGqVgH1pe0LTqe4=
P:musl
V:1.2.4-r2
A:x86_64
T:the musl c library (libc) implementation
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755

C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=
P:alpine-baselayout
V:3.4.3-r2
A:x86_64

P:.build-dependencies
V:20260101.120000
A:noarch
"""


def read(text: str | bytes, path: str = "/lib/apk/db/installed") -> list[str]:
    return [one.label for one in read_alpine_packages(MemoryTree({path: text})).components]


def test_packages_but_not_what_apk_made_up() -> None:
    assert read(INSTALLED) == ["musl 1.2.4-r2", "alpine-baselayout 3.4.3-r2"]


def test_the_place_of_newer_ones() -> None:
    assert read(INSTALLED, "/usr/lib/apk/db/installed") == read(INSTALLED)


def test_a_root_without_apk_has_none() -> None:
    assert read("", "/elsewhere") == []


def test_a_database_that_is_cut_off_gives_what_is_there() -> None:
    tree = MemoryTree({"/lib/apk/db/installed": INSTALLED[: INSTALLED.index("V:3.4.3")]})
    observation = read_alpine_packages(tree)
    assert [one.name for one in observation.components] == ["musl"]
    assert [remark.code for remark in observation.remarks] == ["malformed-package-entry"]


@given(st.binary(max_size=300) | st.integers(0, len(INSTALLED)).map(lambda end: INSTALLED[:end].encode()))
def test_whatever_it_holds_what_is_read_is_well_formed(data: bytes) -> None:
    tree = MemoryTree({"/lib/apk/db/installed": data})
    assert Stack.of(read_alpine_packages(tree).components).digest.startswith("sha256:")
