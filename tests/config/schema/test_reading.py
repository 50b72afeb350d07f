"""Which schema a project has."""

from pathlib import Path

import pytest

from samestack.config.schema.field import Schema
from samestack.config.schema.reading import read_schema
from samestack.config.settings import ConfigSettings
from samestack.errors import InputError, RequestError

FILE = Path("pyproject.toml")


def test_none_where_nothing_is_declared() -> None:
    assert read_schema(ConfigSettings(), FILE, Path(), None) == Schema()


def test_the_fields() -> None:
    settings = ConfigSettings(fields={"A": {"type": "integer"}})
    assert read_schema(settings, FILE, Path(), None).names == {"A"}


def test_a_class_takes_an_environment() -> None:
    with pytest.raises(RequestError, match=r"package\.module:Class"):
        read_schema(ConfigSettings(schema="package.module:Class"), FILE, Path(), None)


def test_not_both() -> None:
    settings = ConfigSettings(schema="package.module:Class", fields={"A": {}})
    with pytest.raises(InputError, match=r"pyproject\.toml: tool\.samestack\.config\.schema: "):
        read_schema(settings, FILE, Path(), None)
