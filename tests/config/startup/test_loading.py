"""An object of every kind of class, made of all layers, each value with its place."""

import pickle
from pathlib import Path
from typing import Any

import pydantic
import pytest

from samestack.config import ConfigurationError, load, provenance
from tests.config.startup.classes import CLASSES, WITH_BOUNDS, ModelTwo, Plain, SettingsTwo

of_every_kind = pytest.mark.parametrize("settings", CLASSES)
NEEDED = {"API_KEY": "k-process", "DATABASE__URL": "sqlite://"}


def plain(value: Any) -> Any:
    return value.get_secret_value() if hasattr(value, "get_secret_value") else value


@of_every_kind
def test_texts_become_what_the_class_declares(settings: type[Any], program: Path) -> None:
    variables = NEEDED | {
        "MAX_WORKERS": "20", "LOG_LEVEL": "DEBUG", "LABELS": '{"team": "vision"}', "HOSTS": "[1, 2]",
        "CACHE": "/var/cache", "IS_VERBOSE": "yes", "DATABASE__POOL_SIZE": "9", "UNRELATED": "x",
    }  # fmt: skip
    made = load(settings, variables=variables)
    assert type(made) is settings
    assert plain(made.api_key) == "k-process"
    assert (made.database.url, made.database.pool_size) == ("sqlite://", 9)
    assert (made.max_workers, made.log_level, made.is_verbose) == (20, "DEBUG", True)
    assert (made.labels, made.hosts, made.cache) == ({"team": "vision"}, [1, 2], Path("/var/cache"))


@of_every_kind
def test_every_layer_and_its_place(settings: type[Any], base: Path, program: Path) -> None:
    base.write_text(base.read_text() + "pool_size = 1\n[labels]\na = '1'\nb = '1'\n")
    (program / "config" / "staging.json").write_text('{"labels": {"b": "2"}, "log-level": "DEBUG"}')
    secrets = program / "secrets"
    secrets.mkdir()
    (secrets / "api_key").write_text("k-mounted\n")
    variables = {"MAX_WORKERS": "3", "SAMESTACK_SECRETS": str(secrets), "SAMESTACK_PROFILE": "staging"}
    made = load(settings, variables=variables)
    assert plain(made.api_key) == "k-mounted"
    assert (made.max_workers, made.database.pool_size, made.log_level) == (3, 1, "DEBUG")
    assert made.labels == {"a": "1", "b": "2"}
    assert dict(provenance(made)) == {
        "API_KEY": f"directory:{secrets}, api_key",
        "DATABASE__URL": "config/base.toml, database.url",
        "DATABASE__POOL_SIZE": "config/base.toml, database.pool_size",
        "MAX_WORKERS": "process environment",
        "LOG_LEVEL": "config/staging.json, log-level",
        "LABELS": "config/staging.json, labels",
        "HOSTS": "default",
        "CACHE": "default",
        "IS_VERBOSE": "default",
    }


@of_every_kind
def test_every_wrong_value_in_one_pass(settings: type[Any], base: Path) -> None:
    base.write_text('max_worker = 3\nlog_level = "LOUD"\n[database]\npool_size = "x"\n')
    variables = {"MAX_WORKERS": "many", "HOSTS": '[1, "two"]', "LABELS": "a=b"}
    with pytest.raises(ConfigurationError) as error:
        load(settings, variables=variables)
    bounds = ", at least 1, at most 64" if settings in WITH_BOUNDS else ""
    assert str(error.value).splitlines() == [
        "the configuration 'development' has 8 problems:",
        "  API_KEY: is missing; wants a text",
        "  DATABASE__URL: is missing; wants a text",
        "  DATABASE__POOL_SIZE (config/base.toml, database.pool_size): wants an integer",
        f"  MAX_WORKERS (process environment): wants an integer{bounds}",
        "  LOG_LEVEL (config/base.toml, log_level): wants one of DEBUG, INFO",
        "  LABELS (process environment): wants a map, each value a text, written as JSON",
        "  HOSTS (process environment): wants a list, each item an integer; item 2 is wrong",
        "  MAX_WORKER (config/base.toml, max_worker): there is no such variable; did you mean MAX_WORKERS?",
    ]


@pytest.mark.parametrize("settings", WITH_BOUNDS)
def test_bounds(settings: type[Any], program: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"MAX_WORKERS .*: wants an integer, at least 1, at most 64$"
    ):
        load(settings, variables=NEEDED | {"MAX_WORKERS": "65"})


@of_every_kind
def test_null_is_a_value(settings: type[Any], base: Path, program: Path) -> None:
    (program / "config" / "staging.json").write_text('{"max_workers": null, "cache": null}')
    base.write_text(f'cache = "x"\n{base.read_text()}')
    with pytest.raises(ConfigurationError) as error:
        load(settings, profile="staging", variables={})
    (problem,) = error.value.problems
    assert (problem.variable, problem.origin) == ("MAX_WORKERS", "config/staging.json, max_workers")
    assert problem.message.endswith(", not null")


@of_every_kind
def test_documents_may_be_for_others_too(settings: type[Any], base: Path) -> None:
    base.write_text("other = 1\n" + base.read_text())
    assert load(settings, variables={}, ignore_unknown=True).max_workers == 2


@of_every_kind
def test_nothing_of_the_object_changes(settings: type[Any], program: Path) -> None:
    made = load(settings, variables=NEEDED)
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own bytes
    assert made == again == load(settings, variables=NEEDED)
    assert repr(made) == repr(again)
    with pytest.raises(LookupError, match="was not made by"):
        provenance(again)


@pytest.mark.parametrize("settings", [ModelTwo, Plain])
def test_origins_go_with_the_object(settings: type[Any], program: Path) -> None:
    from samestack.config.startup import origins

    made = load(settings, variables=NEEDED)
    key = id(made)
    assert key in origins._weak
    del made
    assert key not in origins._weak


def test_dotenv_is_for_development(base: Path, program: Path) -> None:
    (program / ".env").write_text("# mine\nMAX_WORKERS=7\nOTHER=1\n")
    made = load(SettingsTwo, variables={})
    assert (made.max_workers, provenance(made)["MAX_WORKERS"]) == (7, ".env, line 2")
    assert load(SettingsTwo, profile="production", variables={}).max_workers == 2


def test_settings_read_no_source_again(
    base: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("max_workers", "5")
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "1")
    with caplog.at_level("DEBUG"):
        made = load(SettingsTwo)
    assert made.max_workers == 2
    assert made.model_fields_set == {"api_key", "database"}
    assert caplog.text == ""


def test_the_process_environment(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_WORKERS", "11")
    assert load(ModelTwo).max_workers == 11


def test_another_directory(program: Path) -> None:
    place = program / "elsewhere"
    place.mkdir()
    (place / "base.yaml").write_text("api_key: k\ndatabase: {url: 'sqlite://'}\n")
    made = load(ModelTwo, variables={"SAMESTACK_CONFIG_DIRECTORY": str(place)})
    assert provenance(made)["DATABASE__URL"] == f"{place}/base.yaml, database.url"
    assert load(ModelTwo, directory=place, variables={}) == made
    with pytest.raises(ConfigurationError, match="gone: no such directory"):
        load(ModelTwo, directory="gone", variables=NEEDED)


def test_beside_the_program(program: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import __main__

    away = program / "away"
    away.mkdir()
    monkeypatch.chdir(away)
    monkeypatch.setattr(__main__, "__file__", str(program / "serve.py"))
    assert provenance(load(ModelTwo, variables={}))["API_KEY"] == f"{base}, api_key"


@pytest.mark.parametrize("profile", ["../base", "base", "a/b", "a\nb"])
def test_what_no_profile_is_called(base: Path, profile: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load(ModelTwo, variables={"SAMESTACK_PROFILE": profile})
    assert str(error.value).splitlines() == [
        "the configuration has 1 problem:",
        "  SAMESTACK_PROFILE: no profile has such a name: letters, digits, - and _",
    ]


@pytest.mark.parametrize("made", [int, dict, ModelTwo.model_construct(), "Settings", pydantic.RootModel[int]])
def test_what_is_no_class_of_settings(made: Any, program: Path) -> None:
    with pytest.raises(TypeError):
        load(made, variables={})
