"""A profile's configuration as variables: what merges, what replaces, and what no variable can hold."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError, RequestError
from samestack.image.running.profile import profile_variables

NAMES = st.from_regex(r"[a-z](?:[a-z0-9]|_(?!_)){0,8}[a-z0-9]", fullmatch=True)
TABLES = st.dictionaries(NAMES, st.text(max_size=5) | st.integers() | st.booleans(), max_size=4)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    (project / "config" / name).write_text(text)


def test_the_profile_goes_before_the_base_and_maps_merge(project: Path) -> None:
    write(project, "base.toml", 'log_level = "INFO"\n[database]\nurl = "sqlite:///local.db"\npool = 5\n')
    write(project, "production.yaml", "LOG_LEVEL: WARNING\ndatabase:\n  pool: 20\nmax_workers: 20\n")
    assert profile_variables(project, "production") == {
        "DATABASE__POOL": "20",
        "DATABASE__URL": "sqlite:///local.db",
        "LOG_LEVEL": "WARNING",
        "MAX_WORKERS": "20",
    }


def test_values_as_settings_classes_read_them(project: Path) -> None:
    write(
        project,
        "test.toml",
        'on = true\nratio = 0.5\nnone = nan\nhosts = ["a", "b"]\nday = 2026-03-01\nempty = ""\n',
    )
    assert profile_variables(project, "test") == {
        "DAY": "2026-03-01",
        "EMPTY": "",
        "HOSTS": '["a","b"]',
        "NONE": "nan",
        "ON": "true",
        "RATIO": "0.5",
    }


def test_lists_replace_and_null_takes_away(project: Path) -> None:
    write(project, "base.json", '{"hosts": ["a", "b"], "proxy": "http://proxy", "cache": {"size": 1}}')
    write(project, "test.json", '{"hosts": [], "proxy": null, "cache": null}')
    assert profile_variables(project, "test") == {"HOSTS": "[]"}


def test_a_base_is_not_needed(project: Path) -> None:
    write(project, "test.yml", "a: 1\n")
    assert profile_variables(project, "test") == {"A": "1"}


@pytest.mark.parametrize("profile", ["staging", "base", "../secret", "", ".", "a/b", "produ*"])
def test_a_profile_that_is_not_there(project: Path, profile: str) -> None:
    write(project, "base.toml", "")
    write(project, "production.toml", "")
    write(project, "development.yaml", "")
    (project / "secret.toml").write_text("a = 1\n")
    with pytest.raises(RequestError, match="there is no profile") as caught:
        profile_variables(project, profile)
    assert caught.value.hint == "there are: development, production"


def test_a_project_without_configuration(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no profile 'test'"):
        profile_variables(tmp_path, "test")


def test_two_files_for_one_profile(project: Path) -> None:
    write(project, "test.toml", "")
    write(project, "test.json", "{}")
    with pytest.raises(RequestError, match=r"test\.toml and test\.json would both be 'test'"):
        profile_variables(project, "test")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a-b": 1}', "a-b"),
        ('{"a": {"b c": 1}}', "a.b c"),
        ('{"1a": 1}', "1a"),
        ('{"a": 1, "A": 2}', "A"),
        ('{"a": {"b": 1}, "a__b": 2}', "A__B"),
        ('{"": 1}', ""),
    ],
)
def test_names_that_are_no_variables(project: Path, text: str, place: str) -> None:
    write(project, "test.json", text)
    with pytest.raises(InputError) as caught:
        profile_variables(project, "test")
    assert caught.value.place == place
    assert "test.json" in caught.value.message


@pytest.mark.parametrize("text", ["[]", "3", "a: [", "a: &a [*a]", "1: 2"])
def test_files_that_are_no_tables(project: Path, text: str) -> None:
    write(project, "test.yaml", text)
    with pytest.raises(InputError, match=r"test\.yaml"):
        profile_variables(project, "test")


@given(TABLES, TABLES)
def test_merging_is_the_union_with_the_profile_on_top(
    tmp_path_factory: pytest.TempPathFactory, below: Mapping[str, Any], above: Mapping[str, Any]
) -> None:
    project = tmp_path_factory.mktemp("project")
    (project / "config").mkdir()
    write(project, "base.json", json.dumps(below))
    write(project, "test.json", json.dumps(above))
    merged = {**below, **above}
    expected = {name.upper(): str(v).lower() if isinstance(v, bool) else str(v) for name, v in merged.items()}
    assert profile_variables(project, "test") == expected
