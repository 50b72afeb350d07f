"""New keys and tables in TOML texts: what stands there stays, line by line."""

import tomllib
from difflib import ndiff
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from samestack.project.toml_tables import with_entry, with_keys

ARRAY = "tool.samestack.constraints"
LONG = ["tensorflow==2.12.0", "scikit-learn==1.2.2", "opencv-python"]
ENTRY = {"requirement": "numpy<2", "reason": 'because "x"'}
LAYOUTS = {
    "empty": "",
    "no line end": '[project]\nname = "x"',
    "other tools": '[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nselect = ["E"]  # all\n',
    "own table": '[tool.samestack]\nbackend = "venv" # b\n\n[tool.samestack.host]\nglibc = "2.31"\n\n'
    "# of ruff\n[tool.ruff]\nx = 1\n",
    "own entries": f'[[{ARRAY}]]\nrequirement = "a<2"\nreason = "r"\n\n[tool.ruff]\nx = 1\n',
    "out of order": f'[tool.samestack]\npython = "3.9"\n[tool.ruff]\nx=1\n[[{ARRAY}]]\nrequirement = "a<2"\n'
    'reason = "r"\n[project]\nname="x"\n[tool.samestack.host]\nglibc="2"\n',
    "a text like a header": '[tool.samestack]\npython = """\n[tool.ruff]\n"""\n\n[project]\nname = "x"\n',
    "quoted": '["tool"."samestack"]\npython = "3.9"\n',
    "lines of windows": '[tool.samestack]\r\npython = "3.9"\r\n\r\n[project]\r\nname = "x"\r\n',
}


def is_kept(before: str, after: str) -> bool:
    lines = ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return not [line for line in lines if line.startswith("-")]


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_an_entry_is_added_and_nothing_moves(text: str) -> None:
    after = with_entry(text, ARRAY, ENTRY)
    assert after is not None
    expected = tomllib.loads(text)
    own = expected.setdefault("tool", {}).setdefault("samestack", {}).setdefault("constraints", [])
    own.append(ENTRY)
    assert tomllib.loads(after) == expected
    assert is_kept(text if text.endswith("\n") or not text else f"{text}\n", after)


def test_a_comment_stays_with_its_table() -> None:
    after = with_entry(LAYOUTS["own table"], ARRAY, ENTRY)
    assert after is not None
    assert "# of ruff\n[tool.ruff]\n" in after
    assert after.index("constraints") < after.index("# of ruff")


def test_the_lines_of_windows_stay() -> None:
    after = with_keys(LAYOUTS["lines of windows"], "tool.samestack", {"urls": False})
    assert after == LAYOUTS["lines of windows"].replace('"3.9"\r\n', '"3.9"\r\nurls = false\r\n')


@pytest.mark.parametrize("text", ['tool = {samestack = {python = "3.9"}}\n', "x = 1\n[[tool]]\n"])
def test_what_has_no_room_is_not_touched(text: str) -> None:
    assert with_keys(text, "tool.samestack", {"urls": False}) is None
    assert with_entry(text, ARRAY, ENTRY) is None


def test_a_table_of_dotted_keys_takes_tables_but_no_keys() -> None:
    text = '[tool]\nsamestack.python = "3.9"\n'
    assert with_keys(text, "tool.samestack", {"urls": False}) is None
    assert with_entry(text, ARRAY, ENTRY) is not None


def test_keys_are_added_behind_those_of_their_table() -> None:
    text = '[project]\nname = "x"\n\n# entry points\n[project.scripts]\nx = "x:main"\n'
    assert with_keys(text, "project", {"requires-python": ">=3.9", "dependencies": LONG}) == (
        '[project]\nname = "x"\nrequires-python = ">=3.9"\ndependencies = [\n  "tensorflow==2.12.0",\n'
        '  "scikit-learn==1.2.2",\n  "opencv-python",\n]\n\n'
        '# entry points\n[project.scripts]\nx = "x:main"\n'
    )


def test_a_table_is_made_behind_its_parent() -> None:
    text = '[project]\nname = "x"\n\n[tool.ruff]\nx = 1\n'
    assert with_keys(text, "project.optional-dependencies", {"gpu": ["torch"]}) == (
        '[project]\nname = "x"\n\n[project.optional-dependencies]\ngpu = ["torch"]\n\n[tool.ruff]\nx = 1\n'
    )
    assert (
        with_keys(text, "tool.samestack", {"python": "3.9"}) == f'{text}\n[tool.samestack]\npython = "3.9"\n'
    )


values = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(st.sampled_from(["project", "tool", "samestack", "x"]), values, max_size=4)


@given(tables, st.sampled_from(["tool.samestack", "project", "x.y"]), st.booleans())
def test_whatever_stands_there_it_adds_or_says_that_it_cannot(
    document: dict[str, Any],
    table: str,
    is_entry: bool,  # noqa: FBT001
) -> None:
    text = tomli_w.dumps(document)
    after = with_entry(text, table, ENTRY) if is_entry else with_keys(text, table, ENTRY)
    if after is not None:
        assert is_kept(text, after)
        found: Any = tomllib.loads(after)
        for key in table.split("."):
            found = found[key]
        assert (found[-1] if is_entry else {key: found[key] for key in ENTRY}) == ENTRY
