"""Values as texts of variables."""

import msgspec
import pytest

from samestack.config.variable_text import variable_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        ("a b", "a b"),
        (True, "true"),
        (False, "false"),
        (20, "20"),
        (0.1, "0.1"),
        (["a", 1, None], '["a",1,null]'),
        ({"a": {"b": "ü"}}, '{"a":{"b":"ü"}}'),
        (None, None),
        (msgspec.UNSET, None),
    ],
)
def test_a_value_is_a_text_that_reads_as_it(value: object, text: str | None) -> None:
    assert variable_text(value) == text
