"""What a program prints is recognised by what it is, and else kept as text."""

import json
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.recording.text_answers import column, likely_table, table, tree_of_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_json_is_read_back(tree: Any) -> None:
    assert tree_of_text(json.dumps(tree)) == tree


@given(st.lists(st.dictionaries(st.text(), st.integers()), min_size=2))
def test_json_lines_are_read_back(rows: list[dict[str, int]]) -> None:
    assert tree_of_text("\n".join(map(json.dumps, rows)) + "\n") == rows


@given(st.text())
def test_any_text_is_something(text: str) -> None:
    assert tree_of_text(text) is None or isinstance(
        tree_of_text(text), str | int | float | bool | list | dict
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("0.75\n", 0.75),
        ("null\n", None),
        ("1\n2\n3\n", [1, 2, 3]),
        ("defect at 3, 4\nnone at 5, 6\n", "defect at 3, 4\nnone at 5, 6"),
        ("name,score\na,0.5\nb,1e-3\n", {"name": ["a", "b"], "score": [0.5, 0.001]}),
        ("id\tis_ok\n1\tTrue\n2\tFalse\n", {"id": [1, 2], "is_ok": [True, False]}),
        ("loading\n{}\n", "loading\n{}"),
        ("", ""),
    ],
)
def test_examples(text: str, tree: Any) -> None:
    assert tree_of_text(text) == tree


def test_not_a_number_is_one_of_json_as_python_writes_it() -> None:
    assert isnan(tree_of_text('{"loss": NaN}')["loss"])


def test_lines_of_prose_with_commas_are_no_table() -> None:
    assert likely_table("Hello, world\nbye, all\n") is None


def test_a_file_that_says_it_is_a_table_may_have_any_header() -> None:
    assert table(",0,1\n0,0.5,x\n") == {"": [0], "0": [0.5], "1": ["x"]}
    assert table("a;b\n1;2\n") == {"a": [1], "b": [2]}
    assert table("a,a\n1,2\n") is None
    assert table("a,b\n1\n") is None


def test_quoted_cells_may_hold_line_breaks() -> None:
    assert likely_table('a,b\n"x\ny",2\n') == {"a": ["x\ny"], "b": [2]}


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "", "3"], [1, None, 3]),
        (["007", "8"], [7.0, 8.0]),
        (["", ""], ["", ""]),
        (["1", "x"], ["1", "x"]),
        (["true", ""], ["true", ""]),
        (["inf", "-1e5"], [float("inf"), -1e5]),
    ],
)
def test_columns(cells: list[str], values: list[Any]) -> None:
    assert column(cells) == values
