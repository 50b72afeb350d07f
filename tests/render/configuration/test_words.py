"""Values, and what they have to be, in words."""

from typing import Any

import msgspec
import pytest

from samestack.config.masking import MASK
from samestack.config.rank import Rank
from samestack.config.schema.field import Field
from samestack.render.configuration.field_words import field_words
from samestack.render.configuration.value_words import is_masked, layer_words, value_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a b", "a b"),
        ("", '""'),
        (20, "20"),
        (0.5, "0.5"),
        (True, "true"),
        (None, "null"),
        (["a", 1], '["a", 1]'),
        ({"a": {"b": None}}, '{"a": {"b": null}}'),
        (msgspec.UNSET, "(not read)"),
    ],
)
def test_a_value(value: Any, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize("value", [MASK, f"postgresql://app:{MASK}@db", {"a": [MASK]}, [{"b": MASK}]])
def test_what_is_masked(value: Any) -> None:
    assert is_masked(value)


@pytest.mark.parametrize("value", ["x", 1, None, msgspec.UNSET, {MASK: 1}, []])
def test_what_is_not(value: Any) -> None:
    assert not is_masked(value)


def test_every_layer_has_a_word() -> None:
    assert len({layer_words(rank) for rank in Rank}) == len(Rank)


def test_all_that_is_asked_of_a_variable() -> None:
    field = Field(
        name="TIMEOUT",
        schema={"anyOf": [{"type": "number", "minimum": 1, "maximum": 60}, {"type": "null"}]},
        unit="seconds",
        required_in=("production",),
    )
    assert field_words(field, "production").endswith(", required")
    assert field_words(field, "production").startswith("a number of seconds from")
    assert field_words(field, "staging").endswith(", may be left out")
    secret = Field(name="KEY", schema={"type": "string"}, is_secret=True, longest_age_days=90)
    assert field_words(secret, "staging") == "a text, a secret, at most 90 days old, may be left out"
