"""What is known of one variable."""

from pathlib import Path

import pytest

from samestack.config.explaining import explained
from samestack.config.masking import MASK
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution, SourceState
from samestack.config.schema.field import Field, Schema
from samestack.config.settings import SourceSettings
from samestack.errors import RequestError
from tests.config.configurations import entry, value

FIELDS = (
    Field(name="DATABASE__URL", schema={"type": "string"}),
    Field(name="API_KEY", aliases=("HUB_KEY",), is_secret=True, schema={"type": "string"}),
)


def state(source: str, rank: Rank) -> SourceState:
    return SourceState(settings=SourceSettings(source=f"file:{source}"), shown=source, rank=rank)


RESOLUTION = Resolution(
    profile="staging",
    project=Path(),
    schema=Schema(fields=FIELDS),
    values=(
        value("API_KEY", "canary", Rank.SECRET_STORE, entry("API_KEY", "canary below")),
        value("DATABASE__URL", "x"),
        value("STRAY", 1, Rank.BASE),
    ),
    sources=(
        state("process environment", Rank.PROCESS),
        state("secret_store", Rank.SECRET_STORE),
        state("profile", Rank.PROFILE),
    ),
)


@pytest.mark.parametrize("key", ["DATABASE__URL", "database__url", "database.url", "Database.Url"])
def test_a_variable_is_found_as_it_is_written(key: str) -> None:
    assert explained(key, RESOLUTION).name == "DATABASE__URL"


@pytest.mark.parametrize("key", ["API_KEY", "hub-key", "HUB_KEY"])
def test_an_alias_is_the_variable(key: str) -> None:
    assert explained(key, RESOLUTION).name == "API_KEY"


def test_everything_of_a_secret_is_masked() -> None:
    told = explained("API_KEY", RESOLUTION)
    assert told.value is not None
    assert [told.value.value, *(one.value for one in told.value.shadowed)] == [MASK, MASK]
    assert "canary" not in repr(told)


def test_who_was_asked_and_does_not_have_it() -> None:
    assert [one.shown for one in explained("API_KEY", RESOLUTION).silent] == ["process environment"]
    assert [one.shown for one in explained("DATABASE__URL", RESOLUTION).silent] == [
        "process environment",
        "secret_store",
    ]


def test_what_only_a_source_knows_is_told_too() -> None:
    told = explained("stray", RESOLUTION)
    assert (told.name, told.field) == ("STRAY", None)


@pytest.mark.parametrize("key", ["DATABASE__URI", "database.uri", "", "...", "\x1b[2J"])
def test_what_nobody_knows(key: str) -> None:
    with pytest.raises(RequestError) as caught:
        explained(key, RESOLUTION)
    assert caught.value.exit_status == 2
    assert caught.value.hint
