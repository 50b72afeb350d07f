"""Rendered ConfigMaps and Secrets are what Kubernetes takes, and hold each value as it was."""

import base64
from typing import Any

import kubernetes_validate
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.rank import Rank
from samestack.config.rendering.config_map import config_map
from samestack.config.rendering.kubernetes_object import MAX_BYTES, ObjectName, object_name_of
from samestack.config.rendering.secret import secret
from samestack.config.schema.field import Field
from samestack.errors import RequestError
from tests.config.configurations import resolution, value

VERSIONS = ("1.25", "1.31", kubernetes_validate.latest_version())
NAME = ObjectName(name="helpdesk", namespace="support")
FIELDS = (Field(name="API_KEY", is_secret=True), Field(name="CERTIFICATE", is_secret=True))
VALUES = (
    value("API_KEY", "canary-1", Rank.SECRET_STORE),
    value("CERTIFICATE", "canary-2\nsecond\n", Rank.SECRET_STORE),
    value("LOG_LEVEL", "INFO"),
    value("MAX_WORKERS", 20),
    value("NO", "no"),
    value("NOTHING", None),
    value("RATIO", "1e3"),
    value("RULES", "first: 1\nsecond: 2\n"),
    value("TOPICS", ["a", "b"]),
    value("VERBOSE", said=False),
    value("Y", "0o17"),
)


def checked(text: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(text)
    for version in VERSIONS:
        kubernetes_validate.validate(document, version, strict=True)
    return document


def test_a_config_map_has_all_that_is_no_secret() -> None:
    text = config_map(resolution(*VALUES, fields=FIELDS), NAME)
    assert text == (
        "apiVersion: v1\n"
        "kind: ConfigMap\n"
        "metadata:\n"
        "  name: helpdesk\n"
        "  namespace: support\n"
        "data:\n"
        '  LOG_LEVEL: "INFO"\n'
        '  MAX_WORKERS: "20"\n'
        "  'NO': \"no\"\n"
        '  RATIO: "1e3"\n'
        "  RULES: |\n"
        "    first: 1\n"
        "    second: 2\n"
        '  TOPICS: "[\\"a\\",\\"b\\"]"\n'
        '  VERBOSE: "false"\n'
        "  'Y': \"0o17\"\n"
    )
    checked(text)


def test_a_secret_has_every_secret_and_nothing_else() -> None:
    document = checked(secret(resolution(*VALUES, fields=FIELDS), ObjectName(name="helpdesk")))
    assert document["metadata"] == {"name": "helpdesk"}
    assert document["type"] == "Opaque"
    assert {key: base64.b64decode(text).decode() for key, text in document["data"].items()} == {
        "API_KEY": "canary-1",
        "CERTIFICATE": "canary-2\nsecond\n",
    }


def test_objects_without_a_value_are_objects() -> None:
    assert checked(config_map(resolution(), NAME))["data"] == {}
    assert checked(secret(resolution(), NAME))["data"] == {}


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True),
        st.one_of(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
            st.text(" \n\r\t#:-'\"\\x0\x85\u2028", max_size=12),
        ),
        max_size=4,
    )
)
def test_every_text_is_read_back(values: dict[str, str]) -> None:
    said = resolution(*(value(name, text) for name, text in values.items()))
    assert yaml.safe_load(config_map(said, NAME))["data"] == values


@pytest.mark.parametrize(
    ("name", "namespace"),
    [("Helpdesk", ""), ("-a", ""), ("a..b", ""), ("a" * 254, ""), ("", ""), ("a", "b.c"), ("a", "b" * 64)],
)
def test_names_that_kubernetes_would_refuse_are_refused(name: str, namespace: str) -> None:
    with pytest.raises(RequestError, match="can be the name of no Kubernetes"):
        config_map(resolution(), ObjectName(name=name, namespace=namespace))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(RequestError, match="1024 KiB"):
        config_map(resolution(value("LARGE", "x" * (MAX_BYTES + 1))), NAME)
    with pytest.raises(RequestError, match="at most 253 characters"):
        config_map(resolution(value("L" * 254, "x")), NAME)


@pytest.mark.parametrize(
    ("project", "name"), [("Helpdesk_Agent", "helpdesk-agent"), ("a.b", "a-b"), ("__", "")]
)
def test_the_name_of_a_project(project: str, name: str) -> None:
    assert object_name_of(project) == name
