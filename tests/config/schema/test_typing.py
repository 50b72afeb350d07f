"""Texts become what their field is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from samestack.config.schema.field import Field
from samestack.config.schema.typing import typed


def field(*types: str, **more: Any) -> Field:
    schema = {"type": types[0]} if len(types) == 1 else {"anyOf": [{"type": name} for name in types]}
    return Field(name="X", schema={**schema, **more})


@pytest.mark.parametrize(
    ("text", "types", "wanted"),
    [
        ("true", ["boolean"], True),
        ("OFF", ["boolean"], False),
        ("y", ["boolean"], True),
        ("20", ["integer"], 20),
        (" -3 ", ["integer"], -3),
        ("2", ["number"], 2),
        ("1e3", ["number"], 1000.0),
        (".5", ["number"], 0.5),
        ('["a", 1]', ["array"], ["a", 1]),
        ('{"a": {"b": null}}', ["object"], {"a": {"b": None}}),
        ("20", ["string"], "20"),
        ("", ["string"], ""),
        ("20", ["string", "integer"], 20),
        ("twenty", ["integer", "string"], "twenty"),
        ("1.10", ["number", "string"], "1.10"),
        ("007", ["string", "integer"], "007"),
        ("1", ["boolean", "integer"], True),
        ("null", ["string", "null"], "null"),
        ("5", ["integer", "null"], 5),
        ("a,b", ["array", "string"], "a,b"),
    ],
)
def test_text(text: str, types: list[str], wanted: object) -> None:
    found = typed(text, field(*types))
    assert (type(found), found) == (type(wanted), wanted)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("2.0", ["integer"]),
        ("", ["integer", "null"]),
        ("null", ["integer", "null"]),
        ("nan", ["number"]),
        ("inf", ["number"]),
        ("1e999", ["number"]),
        ("1_000", ["integer"]),
        ("٣", ["integer"]),
        ("9" * 5000, ["integer"]),
        ("maybe", ["boolean"]),
        ("a,b", ["array"]),
        ("{}", ["array"]),
        ("[" * 100_000, ["array"]),
        ("[" + " " * 2_000_000 + "]", ["array"]),
    ],
)
def test_what_it_cannot_be_is_refused_without_a_word(text: str, types: list[str]) -> None:
    with pytest.raises(ValueError) as caught:
        typed(text, field(*types))
    assert str(caught.value) == ""
    assert caught.value.__cause__ is None


def test_values_that_are_no_texts_stay() -> None:
    for value in (1, 1.5, True, None, ["1"], {"a": 1}):
        assert typed(value, field("string")) is value


def test_a_whole_float_is_an_integer_where_only_that_is_wanted() -> None:
    assert isinstance(typed(2.0, field("integer")), int)
    assert isinstance(typed(2.0, field("number")), float)
    assert isinstance(typed(2.0, field("integer", "number")), float)


def test_a_member_of_an_enumeration_of_several_types() -> None:
    both = Field(name="X", schema={"enum": ["auto", 1, "2"]})
    assert [typed(text, both) for text in ("auto", "1", "2")] == ["auto", 1, "2"]


def test_a_definition_is_followed() -> None:
    schema = {"anyOf": [{"$ref": "#/$defs/Level"}, {"type": "null"}], "$defs": {"Level": {"type": "integer"}}}
    assert typed("3", Field(name="X", schema=schema)) == 3


@given(st.text("0123456789+-.eE yesnotrufal ", max_size=7), st.sampled_from(["boolean", "integer", "number"]))
def test_what_is_taken_is_what_pydantic_makes_of_it(text: str, name: str) -> None:
    """It takes more: ``1_000``, ``2.0`` as an integer, ``nan``."""
    kinds: dict[str, type] = {"boolean": bool, "integer": int, "number": float}
    try:
        found = typed(text, field(name))
    except ValueError:
        return
    try:
        assert found == TypeAdapter(kinds[name]).validate_python(text)
    except ValidationError:  # it takes no blanks around a boolean
        assert text != text.strip()
        assert name == "boolean"
