"""WHEEL: tags written out, and tolerance for what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.wheel_description import MAX_TAGS, wheel_description
from tests.malformed import corrupted_text

WHEEL = "Wheel-Version: 1.0\nGenerator: x (1)\nRoot-Is-Purelib: false\nTag: {}\n"


def described(*tags: str) -> tuple[str, ...]:
    return wheel_description(WHEEL.format("\nTag: ".join(tags)).encode()).tags


def test_tags_are_written_out_and_sorted() -> None:
    assert described("py2.py3-none-any") == ("py2-none-any", "py3-none-any")
    assert described("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64") == (
        "cp311-cp311-manylinux2014_x86_64",
        "cp311-cp311-manylinux_2_17_x86_64",
    )
    assert described("cp37-abi3-win32", "cp36-abi3-win32") == ("cp36-abi3-win32", "cp37-abi3-win32")


def test_a_wheel_of_compiled_files_says_so() -> None:
    assert not wheel_description(WHEEL.format("a-b-c").encode()).root_is_purelib
    assert wheel_description(b"Root-Is-Purelib: TRUE\r\nTag: a-b-c\r\n").root_is_purelib


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Root-Is-Purelib: true\n",
        b"Tag: py3-none-any\n",
        b"Root-Is-Purelib: perhaps\nTag: py3-none-any\n",
        b"Root-Is-Purelib: true\nTag: py3-none\n",
        b"Root-Is-Purelib: true\nTag: py3-none-any\ngarbage\n",
        b"Root-Is-Purelib: true\nTag: \x1b[31m-none-any\n",
        b"Root-Is-Purelib: true\nTag: "
        + b".".join([b"x"] * 200)
        + b"-"
        + b".".join([b"y"] * 200)
        + b"-any\n",
        b"Root-Is-Purelib: true\n" + b"".join(b"Tag: py3-none-p%d\n" % i for i in range(MAX_TAGS + 1)),
    ],
)
def test_what_is_wrong_is_told(content: bytes) -> None:
    assert wheel_description(content).problem


def test_beside_what_is_wrong_the_rest_counts() -> None:
    described = wheel_description(b"garbage\nTag: nonsense\nTag: py3-none-any\nRoot-Is-Purelib: false\n")
    assert described.tags == ("py3-none-any",)
    assert not described.root_is_purelib
    assert described.problem


@given(st.binary(max_size=200) | corrupted_text(WHEEL.format("py2.py3-none-any")))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    described = wheel_description(content)
    assert len(described.tags) <= MAX_TAGS
    assert all(tag.isascii() and tag.isprintable() for tag in described.tags)
