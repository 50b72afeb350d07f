"""What is judged without the library is judged like it."""

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.schema.bounds import is_simple, is_within

NUMBERS = st.integers(-20, 20) | st.sampled_from([-1.5, 0.0, 0.5, 1.0, 2.0, 19.5])
TEXTS = st.text("abé😀 1", max_size=5)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=6,
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
LENGTHS = st.integers(0, 4)
KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(VALUES, min_size=1, max_size=4),
    "const": VALUES,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), LENGTHS),
    "pattern": st.sampled_from(["^a", "^(a|b)1?$"]),
    "description": TEXTS,
    "x-format": st.just("uri"),
}
FLAT = st.fixed_dictionaries({}, optional=KEYWORDS)
SCHEMAS = st.recursive(
    FLAT,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            **{name: KEYWORDS[name] for name in ("type", "minimum", "enum", "maxItems")},
            "items": inner,
            "anyOf": st.lists(inner, min_size=1, max_size=3),
        },
    ),
    max_leaves=4,
)


@given(SCHEMAS, VALUES)
def test_both_agree(schema: dict[str, Any], value: object) -> None:
    assert is_simple(schema)
    assert is_within(value, schema) is jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/A"},
        {"not": {}},
        {"items": True},
        {"anyOf": []},
        {"anyOf": [{"multipleOf": 2}]},
        {"pattern": "a|b"},
        {"type": "text"},
        {"minLength": "3"},
        {"minimum": None},
        {"type": "string", "format": "uri"},
        {"properties": {}},
    ],
)
def test_everything_else_is_left_to_the_library(schema: dict[str, Any]) -> None:
    assert not is_simple(schema)


def test_a_schema_that_contains_itself_is_not_simple() -> None:
    schema: dict[str, Any] = {"type": "array"}
    schema["items"] = schema
    assert not is_simple(schema)
