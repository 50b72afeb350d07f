"""Values in a Dockerfile stay values: Docker's syntax gives back what was put in."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import RequestError
from samestack.image.dockerfile.words import exec_form, pairs, path_words, quoted

PRINTABLE = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=40)


@given(PRINTABLE)
def test_what_is_quoted_ends_where_it_should_and_names_no_variable(text: str) -> None:
    """That Docker reads it as it was is tested on a real one."""
    said = quoted(text)
    assert re.fullmatch(r'"(?:[^"\\$]|\\["\\$])*"', said)
    assert re.sub(r"\\(.)", r"\1", said[1:-1]) == text


@given(st.lists(st.text(max_size=20), max_size=4))
def test_a_command_is_one_line(words: list[str]) -> None:
    said = exec_form(words)
    assert "\n" not in said
    assert json.loads(said) == words


@pytest.mark.parametrize("text", ["two\nRUN lines", "a\rb", "\x1b[31m", "a\u2028b"])
def test_several_lines_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match="cannot stand in a Dockerfile"):
        quoted(text)


@pytest.mark.parametrize("name", ["", "a b", "a=b", "1a", "a\nRUN"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(RequestError, match="cannot be a variable"):
        pairs({name: "value"})


def test_paths() -> None:
    assert path_words("a/b.txt", "/app/") == "a/b.txt /app/"
    assert path_words("a b.txt", "/app/") == '["a b.txt", "/app/"]'


@pytest.mark.parametrize("path", ["a*.txt", "$HOME", "a[1].csv", "a\nb", "--from=x y", '"a"', " a"])
def test_paths_that_docker_would_read_as_more(path: str) -> None:
    if path.startswith("--"):
        assert path_words(path, "/") == '["--from=x y", "/"]'
        return
    with pytest.raises(RequestError, match="cannot be named"):
        path_words(path, "/app/")
