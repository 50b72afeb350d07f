"""``.env`` files are read as python-dotenv reads them: it is asked about the same texts."""

import io

import pytest
from dotenv.parser import parse_stream
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.startup.dotenv_text import NoVariableError, bindings_of

PIECES = st.sampled_from([
    *("A=", "B_C=", "export "),
    *("'", '"', "#", " ", "\n", "\r\n", "\t", "\\", "\\n", "\\'", '\\"', "$A", "x", "é"),
    *("A=1\n", "B='two words'\n", 'C="three\nlines" # why\n', "=", "'K'=v\n", "D = 4 \n", "E=\n"),
])  # fmt: skip


def as_python_dotenv_reads(text: str) -> list[tuple[str, str]] | None:
    """Names and values; ``None`` for what is no such file."""
    found = list(parse_stream(io.StringIO(text, newline="")))
    if any(one.error or (one.key is not None and one.value is None) for one in found):
        return None
    return [(one.key, one.value) for one in found if one.key is not None and one.value is not None]


def as_read(text: str) -> list[tuple[str, str]] | None:
    try:
        return [(one.key, one.value) for one in bindings_of(text)]
    except NoVariableError:
        return None


@given(st.lists(PIECES, max_size=14).map("".join))
def test_both_read_alike(text: str) -> None:
    assert as_read(text) == as_python_dotenv_reads(text)


def test_each_says_its_line() -> None:
    text = "# first\n\nA=1\r\nB='two\nlines'\n  export C=3\n"
    assert [(one.key, one.line) for one in bindings_of(text)] == [("A", 3), ("B", 4), ("C", 6)]


@pytest.mark.parametrize("text", ["A=1\ncanary\n", "A=1\nB='canary\n", "A=1\nB='canary' x\n"])
def test_what_is_none_is_said_by_its_line_alone(text: str) -> None:
    with pytest.raises(NoVariableError) as caught:
        list(bindings_of(text))
    assert caught.value.line == 2
    assert "canary" not in repr(caught.value)
    assert "canary" not in repr(list(bindings_of("A=canary")))
