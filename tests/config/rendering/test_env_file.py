"""A file for --env-file: what Docker reads, which is each line as it stands."""

import pytest

from samestack.config.rank import Rank
from samestack.config.rendering.env_file import env_file
from samestack.config.schema.field import Field
from samestack.errors import RequestError
from tests.config.configurations import resolution, value


def test_values_stand_as_they_are() -> None:
    said = resolution(value("B", ' "quoted" # \\ ${HOME} '), value("A", 1.5), value("C", {"k": None}))
    assert env_file(said) == 'A=1.5\nB= "quoted" # \\ ${HOME} \nC={"k":null}\n'


def test_a_secret_is_a_name_that_the_engine_fills() -> None:
    said = resolution(
        value("API_KEY", "canary", Rank.SECRET_STORE), fields=(Field(name="API_KEY", is_secret=True),)
    )
    assert env_file(said) == "API_KEY\n"
    assert env_file(said, with_secrets=True) == "API_KEY=canary\n"


@pytest.mark.parametrize("text", ["canary\ntwo", "canary\r"])
def test_several_lines_are_refused_without_the_value(text: str) -> None:
    with pytest.raises(RequestError, match=r"^CERTIFICATE: .*several lines") as refused:
        env_file(resolution(value("CERTIFICATE", text)))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("text", ["canary\0", "canary\ud800"])
def test_what_no_variable_can_hold_is_refused_without_the_value(text: str) -> None:
    with pytest.raises(RequestError, match=r"^BAD: ") as refused:
        env_file(resolution(value("BAD", text)))
    assert "canary" not in str(refused.value)
