"""Home directories of a root, by its passwd file."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.home_directories import MAX_HOMES, home_directories
from tests.capture.probes.memory_tree import MemoryTree

PASSWD = """someone:x:1000:1000:,,,:/home/someone:/bin/bash
admin:x:0:0:admin:/home/admin/:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
other:x:1001:1000::/home/someone:/bin/sh
"""


def test_homes_of_people_and_of_the_administrator() -> None:
    lines = (
        PASSWD
        + "bad\nx:x:y:1:::\nlong:x:1001:1::/home/"
        + "x" * 5000
        + ":/bin/sh\nq:x:²:1::/home/q:/bin/sh\n"
    )
    assert home_directories(MemoryTree({"/etc/passwd": lines})) == ("/home/admin", "/home/someone")
    assert home_directories(MemoryTree({})) == ()


def test_of_very_many_the_first_count() -> None:
    lines = "".join(f"u{number}:x:{number}:1::/home/u{number}:/bin/sh\n" for number in range(1000, 2000))
    assert len(home_directories(MemoryTree({"/etc/passwd": lines}))) == MAX_HOMES


@given(st.binary(max_size=100) | st.text(":0129/x\n", max_size=60).map(str.encode))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    assert all(home.startswith("/") for home in home_directories(MemoryTree({"/etc/passwd": content})))
