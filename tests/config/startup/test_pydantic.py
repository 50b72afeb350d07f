"""What pydantic's classes can say of their fields: names, prefixes, strictness, defaults, inner classes."""

import datetime as dt
import ipaddress
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic
import pytest
from pydantic import v1
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from samestack.config import ConfigurationError, load, provenance


class Endpoint(pydantic.BaseModel):
    host: str = "localhost"
    port: int = pydantic.Field(alias="tcp-port")


class Prefixed(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_", env_nested_delimiter="__")

    level: str
    key: str = pydantic.Field(validation_alias=pydantic.AliasChoices("api_key", "token"))
    endpoint: Endpoint | None = None


class ByName(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_", populate_by_name=True)

    key: str = pydantic.Field(validation_alias="api_key")


class Strict(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)

    count: int
    rate: float
    path: Path
    hosts: list[int]


class Partly(pydantic.BaseModel):
    endpoint: Endpoint = Endpoint.model_validate({"host": "proxy", "tcp-port": 80})


class Node(pydantic.BaseModel):
    name: str
    next: "Node | None" = None


class Reachable(pydantic.BaseModel):
    """Types that pydantic makes of texts, though some of them can be iterated over."""

    network: ipaddress.IPv4Network
    url: pydantic.AnyUrl
    wait: dt.timedelta = dt.timedelta(0)
    names: frozenset[str] = frozenset()
    level: Literal["a", "b"] | None = None


class Whole(BaseSettings):
    endpoint: Endpoint


class PrefixedOne(v1.BaseSettings):
    level: str
    key: str = v1.Field(env=["api_key", "token"])

    class Config:
        env_prefix = "app_"


class AliasedOne(v1.BaseModel):
    key: str = v1.Field(alias="api-key")
    payload: v1.Json[list[int]] = [0]  # type: ignore[type-arg, valid-type, unused-ignore]


@pytest.mark.parametrize("settings", [Prefixed, PrefixedOne])
@pytest.mark.parametrize("name", ["API_KEY", "TOKEN"])
def test_prefix_and_other_names(settings: type[Any], name: str, program: Path) -> None:
    made = load(settings, variables={"APP_LEVEL": "INFO", name: "k", "LEVEL": "no", "APP_KEY": "no"})
    assert (made.level, made.key) == ("INFO", "k")
    assert {"APP_LEVEL", "API_KEY"} <= provenance(made).keys()


def test_the_name_that_the_class_takes_first_goes_before(program: Path) -> None:
    variables = {"APP_LEVEL": "INFO", "TOKEN": "second", "API_KEY": "first"}
    assert load(Prefixed, variables=variables).key == "first"


def test_a_higher_layer_goes_before_a_first_name(program: Path) -> None:
    (program / "config" / "base.toml").write_text('api_key = "base"\n')
    assert load(Prefixed, variables={"APP_LEVEL": "INFO", "TOKEN": "process"}).key == "process"


@pytest.mark.parametrize("name", ["API_KEY", "APP_KEY"])
def test_by_name_too(name: str, program: Path) -> None:
    assert load(ByName, variables={name: "k"}).key == "k"


def test_an_inner_class_that_need_not_be_there(program: Path) -> None:
    needed = {"APP_LEVEL": "INFO", "API_KEY": "k"}
    assert load(Prefixed, variables=needed).endpoint is None
    made = load(Prefixed, variables=needed | {"APP_ENDPOINT__TCP_PORT": "81"})
    assert made.endpoint == Endpoint.model_validate({"tcp-port": 81})
    with pytest.raises(ConfigurationError, match="APP_ENDPOINT__TCP_PORT: is missing; wants an integer"):
        load(Prefixed, variables=needed | {"APP_ENDPOINT__HOST": "h"})


def test_a_strict_class_gets_what_it_declares(program: Path) -> None:
    variables = {"COUNT": "1", "RATE": "2", "PATH": "/x", "HOSTS": "[1]"}
    assert load(Strict, variables=variables) == Strict(count=1, rate=2.0, path=Path("/x"), hosts=[1])
    with pytest.raises(ConfigurationError, match=r"COUNT \(process environment\): wants an integer$"):
        load(Strict, variables=variables | {"COUNT": "1.5"})


def test_a_default_is_the_lowest_layer(program: Path) -> None:
    made = load(Partly, variables={"ENDPOINT__HOST": "edge"})
    assert made.endpoint == Endpoint.model_validate({"host": "edge", "tcp-port": 80})
    assert load(Partly, variables={}).endpoint.host == "proxy"


def test_a_class_inside_itself_is_a_map(program: Path) -> None:
    made = load(Node, variables={"NAME": "a", "NEXT": '{"name": "b", "next": {"name": "c"}}'})
    assert made.next is not None
    assert made.next.next == Node(name="c")


def test_aliases_of_pydantic_1(program: Path) -> None:
    made = load(AliasedOne, variables={"API_KEY": "k", "PAYLOAD": "[1]"})
    assert (made.key, made.payload) == ("k", [1])


def test_texts_that_the_class_reads_itself(program: Path) -> None:
    class Listed(BaseSettings):
        hosts: Annotated[list[str], NoDecode]
        payload: pydantic.Json[list[int]]

        @pydantic.field_validator("hosts", mode="before")
        @classmethod
        def split(cls, value: str) -> list[str]:
            return value.split(",")

    made = load(Listed, variables={"HOSTS": "a,b", "PAYLOAD": "[1]"})
    assert (made.hosts, made.payload) == (["a", "b"], [1])


def test_types_of_texts(program: Path) -> None:
    variables = {"NETWORK": "10.0.0.0/8", "URL": "https://example.org/", "WAIT": "PT2S", "NAMES": '["a"]'}
    made = load(Reachable, variables=variables)
    assert str(made.network) == "10.0.0.0/8"
    assert (str(made.url), made.wait.seconds, set(made.names)) == ("https://example.org/", 2, {"a"})
    with pytest.raises(ConfigurationError) as error:
        load(Reachable, variables={"NETWORK": "x", "URL": "x", "WAIT": "x", "NAMES": "x", "LEVEL": "x"})
    assert [problem.message for problem in error.value.problems] == [
        "is refused by a validator; wants a value for IPv4Network",
        "wants a URL (AnyUrl)",
        "wants a duration",
        "wants a list, each item a text, written as JSON",
        "wants one of a, b",
    ]


def test_an_init_of_its_own(program: Path) -> None:
    class Own(BaseSettings):
        def __init__(self, **values: Any) -> None:
            super().__init__(**values)

    class OwnOne(v1.BaseSettings):
        def __init__(self, **values: Any) -> None:
            super().__init__(**values)

    for settings in (Own, OwnOne):
        with pytest.raises(TypeError, match="has an __init__ of its own, which reads sources again"):
            load(settings, variables={})


def test_two_fields_of_one_name(program: Path) -> None:
    class Doubled(pydantic.BaseModel):
        key: str
        other: str = pydantic.Field(alias="KEY")

    assert load(Doubled, variables={"KEY": "k"}) == Doubled.model_validate({"key": "k", "KEY": "k"})


def test_a_field_that_no_variable_can_be(program: Path) -> None:
    class Nameless(pydantic.BaseModel):
        key: str = pydantic.Field(alias="a key")

    with pytest.raises(TypeError, match=r"Nameless\.key: no variable can have its name"):
        load(Nameless, variables={})


def test_settings_that_read_inner_classes_whole(program: Path) -> None:
    """Without the delimiter, the class by itself would read them from one variable: so does the tool."""
    (program / "config" / "base.toml").write_text("[endpoint]\ntcp-port = 1\nhost = 'a'\n")
    made = load(Whole, variables={"ENDPOINT": '{"tcp-port": 2}'})
    assert made.endpoint == Endpoint.model_validate({"tcp-port": 2, "host": "a"})
    with pytest.raises(ConfigurationError, match=r"  ENDPOINT .*: wants a map; its 'tcp-port' is wrong$"):
        load(Whole, variables={"ENDPOINT": '{"tcp-port": "x"}'})


def test_settings_inside_settings_read_their_own_names(program: Path) -> None:
    class Outer(BaseSettings):
        inner: Prefixed = pydantic.Field(default_factory=Prefixed)  # type: ignore[arg-type]

    made = load(Outer, variables={"APP_LEVEL": "INFO", "API_KEY": "k"})
    assert (made.inner.level, made.inner.key) == ("INFO", "k")
    with pytest.raises(ConfigurationError, match="APP_LEVEL: is missing; wants a text"):
        load(Outer, variables={})


def test_init_of_a_model_runs(program: Path) -> None:
    seen = []

    class Noting(BaseSettings):
        key: str

        def model_post_init(self, _: Any) -> None:
            seen.append(self.key)

    load(Noting, variables={"KEY": "k"})
    assert seen == ["k"]


def test_what_a_class_without_fields_is(program: Path) -> None:
    assert load(pydantic.create_model("Nothing"), variables={}) is not None


def test_a_default_that_its_own_validator_refuses(program: Path) -> None:
    class Wrong(BaseSettings):
        count: int = pydantic.Field(default=0, ge=1)

    with pytest.raises(ConfigurationError, match="COUNT: its default is refused by a validator"):
        load(Wrong, variables={})
