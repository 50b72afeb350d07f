"""What a command is given."""

import pytest

from samestack.config.rank import Rank
from samestack.config.running.variables import pristine, surroundings, variables_of
from samestack.config.schema.field import Field
from samestack.errors import RequestError
from tests.config.configurations import resolution, value

SAID = resolution(
    value("WORKERS", 2),
    value("DEBUG", True),  # noqa: FBT003
    value("HOSTS", ["a", "b"]),
    value("PROXY", None),
    value("KEY", "given", Rank.SECRET_STORE),
    fields=(Field(name="KEY", aliases=("OLD_KEY",)), Field(name="UNSET")),
)


def test_values_as_programs_read_them() -> None:
    assert variables_of(SAID) == {"WORKERS": "2", "DEBUG": "true", "HOSTS": '["a","b"]', "KEY": "given"}


def test_those_named_alone() -> None:
    assert variables_of(SAID, ["WORKERS"]) == {"WORKERS": "2"}
    with pytest.raises(RequestError, match=r"no variable WORKER$") as caught:
        variables_of(SAID, ["WORKER"])
    assert "WORKERS" in str(caught.value.hint)


def test_what_the_configuration_does_not_give_is_taken_away() -> None:
    inherited = {
        "PATH": "/bin",
        "PROXY": "p",
        "OLD_KEY": "old",
        "KEY": "other",
        "UNSET": "x",
        "SAMESTACK_AGE_IDENTITY": "key",
    }
    assert surroundings(inherited, SAID, ["KEY"]) == {"PATH": "/bin", "KEY": "given"}


def test_a_pristine_environment_is_what_every_program_needs() -> None:
    assert pristine({"PATH": "/bin", "LC_ALL": "C", "AWS_SECRET": "x"}) == {"PATH": "/bin", "LC_ALL": "C"}


def test_a_value_that_no_variable_can_hold() -> None:
    with pytest.raises(RequestError) as caught:
        variables_of(resolution(value("KEY", "canary\0x", Rank.SECRET_STORE)))
    assert "canary" not in str(caught.value)
