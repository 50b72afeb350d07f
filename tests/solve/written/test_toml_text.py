"""The strings of a TOML document are found where tomllib finds them."""

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.solve.written.span import line_of, place_text
from samestack.solve.written.toml_text import TOML

KEYS = st.sampled_from(["a", "b-c", "d_e", "with.dot", "with space", "ü", '"quoted"', "1"])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
SCALARS = st.one_of(
    TEXTS, st.integers(-9, 9), st.booleans(), st.floats(allow_nan=False), st.dates(), st.datetimes()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)


def strings_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in strings_of(one, (*path, key))]
    if isinstance(value, list):
        return [found for index, one in enumerate(value) for found in strings_of(one, (*path, index))]
    return [(place_text(path), value)] if isinstance(value, str) else []


def assert_found(text: str) -> None:
    spans = TOML.spans(text)
    found = sorted((span.place, span.value) for span in spans)
    assert found == sorted(strings_of(tomllib.loads(text)))
    for span in spans:
        assert tomllib.loads(f"v = {text[span.start : span.end]}") == {"v": span.value}


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_every_string_is_found_with_its_place(document: dict[str, Any]) -> None:
    assert_found(tomlkit.dumps(document))


@pytest.mark.parametrize(
    "text",
    [
        'a.b."c.d" = "1" # comment with "quotes"\n',
        '[t]\na = [ # [\n  \'x\', # "\n\n  "y" # ]\n  ,\n]\nb = 1\n',
        '[[t]]\na = "1"\n[t.s]\nb = "2"\n[[t]]\na = "3"\n[[t.u]]\nc = "4"\n[[t.u]]\nc = "5"\n[x]\nd = "6"\n',
        'a = """one\ntwo "" three"""\nb = \'\'\'four\n"five"\'\'\'\nc = """six""""\n',
        'a = { x = "1", y = { z = ["2", "3"] } }\nd = 1979-05-27 07:32:00\ne = 1.5e-3\nf = "4"\n',
        'a = "1"\r\n[b]\r\nc = "2"\r\n',
        'a = "\\u00e4\\t\\"\\\\"\n',
        "",
    ],
)
def test_the_strings_of_documents_as_people_write_them(text: str) -> None:
    assert_found(text)


def test_a_place_has_a_line() -> None:
    text = '[project]\ndependencies = [\n  "numpy",\n  "torch",\n]\n'
    assert [(span.place, line_of(text, span.start)) for span in TOML.spans(text)] == [
        ("project.dependencies[0]", 3),
        ("project.dependencies[1]", 4),
    ]


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(ValueError):
        TOML.spans('a = "')
