"""Documents taken apart into variables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.names import leaves, variable_name
from samestack.errors import InputError


def test_inner_names_are_joined() -> None:
    document = {"database": {"url": "sqlite://", "pool-size": 5}, "level": "INFO"}
    assert {leaf.name: leaf.value for leaf in leaves(document, "base.toml")} == {
        "DATABASE__URL": "sqlite://",
        "DATABASE__POOL_SIZE": 5,
        "LEVEL": "INFO",
    }


def test_a_map_that_is_a_variable_stays_whole() -> None:
    found = list(leaves({"labels": {"team": "vision"}}, "base.toml", whole={"LABELS"}))
    assert found == [("LABELS", ("labels",), {"team": "vision"})]


def test_two_keys_that_are_one_variable_are_refused() -> None:
    with pytest.raises(InputError, match=r"base\.toml: level: a second key is the variable LEVEL") as error:
        list(leaves({"LEVEL": 1, "level": 2}, "base.toml"))
    assert error.value.hint == "keep this, or LEVEL"


def test_across_nesting_too() -> None:
    with pytest.raises(InputError, match="A__B"):
        list(leaves({"a": {"b": 1}, "a__b": 2}, "base.toml"))


@pytest.mark.parametrize("key", ["", "1", "a b", "a/b", "ä"])
def test_what_no_variable_can_be_called(key: str) -> None:
    with pytest.raises(InputError, match="no variable has such a name"):
        list(leaves({"outer": {key: 1}}, "base.toml"))


def test_a_key_that_is_no_text() -> None:
    with pytest.raises(InputError, match=r"base\.yaml: 5: no variable"):
        list(leaves({5: 1}, "base.yaml"))


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_.-]{0,6}", fullmatch=True), min_size=1, max_size=4))
def test_a_name_is_one_that_every_shell_takes(parts: list[str]) -> None:
    name = variable_name(parts)
    assert name is not None
    assert name == name.upper()
    assert name.isidentifier()
