"""An ExternalSecret refers to secrets where the resolver found them, and holds none."""

import msgspec
import pytest
import yaml

from samestack.config.rank import Rank
from samestack.config.rendering.external_secret import SecretStores, external_secret, unreferred
from samestack.config.rendering.kubernetes_object import ObjectName
from samestack.config.resolution import SourceState
from samestack.config.schema.field import Field
from samestack.config.settings import SourceSettings
from samestack.errors import RequestError
from tests.config.configurations import resolution, value

NAME = ObjectName(name="helpdesk", namespace="support")
NAMES = ("API_KEY", "DATABASE_PASSWORD", "LOCAL_KEY", "SIGNING_KEY")
FIELDS = tuple(Field(name=name, is_secret=True) for name in NAMES)
SAID = resolution(
    value("API_KEY", "canary-1", Rank.SECRET_STORE, source="vault:secret/helpdesk", key="api_key"),
    value(
        "DATABASE_PASSWORD",
        "canary-2",
        Rank.SECRET_STORE,
        source="aws-secrets:helpdesk/production",
        key="DATABASE_PASSWORD",
    ),
    value("LOCAL_KEY", "canary-3", Rank.SECRET_STORE, source="age:config/production.secrets.age"),
    value("LOG_LEVEL", "INFO", Rank.CONFIGURATION_STORE, source="aws-parameters:/helpdesk"),
    value(
        "SIGNING_KEY",
        "canary-4",
        Rank.CONFIGURATION_STORE,
        source="aws-parameters:/helpdesk/",
        key="/helpdesk/signing-key",
    ),
    fields=FIELDS,
)


def test_secrets_of_several_stores() -> None:
    text = external_secret(SAID, NAME, SecretStores(names={"vault": "company-vault"}))
    assert "canary" not in text
    document = yaml.safe_load(text)
    assert document["apiVersion"] == "external-secrets.io/v1"
    assert document["kind"] == "ExternalSecret"
    assert document["metadata"] == {"name": "helpdesk", "namespace": "support"}
    spec = document["spec"]
    assert spec["secretStoreRef"] == {"name": "company-vault", "kind": "SecretStore"}
    assert spec["target"] == {"name": "helpdesk", "creationPolicy": "Owner"}
    assert spec["data"] == [
        {"secretKey": "API_KEY", "remoteRef": {"key": "secret/helpdesk", "property": "api_key"}},
        {
            "secretKey": "DATABASE_PASSWORD",
            "remoteRef": {"key": "helpdesk/production", "property": "DATABASE_PASSWORD"},
            "sourceRef": {"storeRef": {"name": "aws-secrets", "kind": "SecretStore"}},
        },
        {
            "secretKey": "SIGNING_KEY",
            "remoteRef": {"key": "/helpdesk/signing-key"},
            "sourceRef": {"storeRef": {"name": "aws-parameters", "kind": "SecretStore"}},
        },
    ]


def test_stores_of_the_cluster() -> None:
    text = external_secret(SAID, NAME, SecretStores(is_of_cluster=True))
    assert yaml.safe_load(text)["spec"]["secretStoreRef"] == {"name": "vault", "kind": "ClusterSecretStore"}


def test_what_stands_elsewhere_is_not_referred_to() -> None:
    assert [secret.name for secret in unreferred(SAID)] == ["LOCAL_KEY"]
    assert "canary" not in repr(unreferred(SAID))


def test_nothing_to_refer_to_is_refused() -> None:
    said = resolution(value("API_KEY", "canary", Rank.DIRECTORY), fields=FIELDS)
    with pytest.raises(RequestError, match="no secret of the profile 'test'"):
        external_secret(said, NAME, SecretStores())


def test_a_store_that_can_have_no_such_name_is_refused() -> None:
    with pytest.raises(RequestError, match="'Vault' can be the name of no Kubernetes object"):
        external_secret(SAID, NAME, SecretStores(names={"vault": "Vault"}))


def test_options_of_a_source_say_what_its_place_does_not() -> None:
    sources = (
        SourceSettings(source="vault:helpdesk", options={"mount": "secret"}),
        SourceSettings(source="aws-secrets:production", options={"variable": "SIGNING_KEY"}),
    )
    states = tuple(SourceState(settings=one, shown=one.source, rank=Rank.SECRET_STORE) for one in sources)
    values = (
        value("API_KEY", "canary", Rank.SECRET_STORE, source="vault:helpdesk", key="API_KEY"),
        value("LOCAL_KEY", "canary", Rank.SECRET_STORE, source="aws-secrets:helpdesk/local-key"),
        value("SIGNING_KEY", "canary", Rank.SECRET_STORE, source="aws-secrets:production"),
    )
    said = msgspec.structs.replace(resolution(*values, fields=FIELDS), sources=states)
    data = yaml.safe_load(external_secret(said, NAME, SecretStores()))["spec"]["data"]
    assert [one["remoteRef"] for one in data] == [
        {"key": "secret/helpdesk", "property": "API_KEY"},
        {"key": "helpdesk/local-key"},
        {"key": "production"},
    ]
