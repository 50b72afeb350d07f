"""Secrets and ConfigMaps of a real API server as sources, under its access control."""

import base64
import json
import subprocess
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.outside.source_error import Reason, SourceError
from tests.contracts.config_source_cases import SourceCase
from tests.contracts.config_source_contract import SourceContract
from tests.services.client_certificates import ClientAuthority
from tests.services.kubernetes_cluster import ADMIN, READER, KubernetesCluster

pytestmark = pytest.mark.service

SECRET = source_kind("kubernetes-secret")
CONFIG_MAP = source_kind("kubernetes-configmap")
_SECONDS = 20


class KubernetesCase(SourceCase):
    """An object of a name of its own, in the namespace ``default``."""

    malformed = True
    object_kind: ClassVar[str]

    def __init__(self, cluster: KubernetesCluster, directory: Path) -> None:
        self.cluster = cluster
        self.directory = directory
        self._name = f"settings-{abs(hash(directory))}"

    def plant(self, values: Mapping[str, str]) -> Question:
        self.apply(self.data({_key(name): value.encode() for name, value in values.items()}))
        return self.ask(f"default/{self._name}")

    def absent(self) -> Question:
        return self.ask("default/nowhere")

    def malform(self, canary: str) -> Question:
        self.apply(self.binary({"api-key": canary.encode() + b"\xff"}))
        return self.ask(f"default/{self._name}")

    def apply(self, data: Mapping[str, Any]) -> None:
        """Make the object of what holds its data."""
        metadata = {"name": self._name, "namespace": "default"}
        self.cluster.apply({"apiVersion": "v1", "kind": self.object_kind, "metadata": metadata, **data})

    def ask(self, locator: str, user: str = ADMIN) -> Question:
        file = self.directory / f"{user}.json"
        file.write_text(json.dumps(self.cluster.kubeconfig(user)))
        return Question(
            locator=locator,
            project=self.directory,
            profile="test",
            variables={"KUBECONFIG": str(file)},
            seconds=_SECONDS,
        )

    @abstractmethod
    def data(self, values: Mapping[str, bytes]) -> Mapping[str, Any]:
        """The part of the object that holds texts."""

    def binary(self, values: Mapping[str, bytes]) -> Mapping[str, Any]:
        """The part of the object that holds bytes."""
        return {"data": _encoded(values)}


class SecretCase(KubernetesCase):
    kind = "kubernetes-secret"
    object_kind = "Secret"

    def data(self, values: Mapping[str, bytes]) -> Mapping[str, Any]:
        return self.binary(values)


class ConfigMapCase(KubernetesCase):
    kind = "kubernetes-configmap"
    object_kind = "ConfigMap"

    def data(self, values: Mapping[str, bytes]) -> Mapping[str, Any]:
        return {"data": {key: value.decode() for key, value in values.items()}}

    def binary(self, values: Mapping[str, bytes]) -> Mapping[str, Any]:
        return {"binaryData": _encoded(values)}


def _key(name: str) -> str:
    """``database__pool-size``: hyphens within a part, and two underscores between parts."""
    return "__".join(part.replace("_", "-") for part in name.lower().split("__"))


def _encoded(values: Mapping[str, bytes]) -> dict[str, str]:
    return {key: base64.b64encode(value).decode() for key, value in values.items()}


class TestKubernetes(SourceContract):
    @pytest.fixture(params=[SecretCase, ConfigMapCase], ids=["secret", "configmap"])
    def case(
        self, request: pytest.FixtureRequest, kubernetes_cluster: KubernetesCluster, tmp_path: Path
    ) -> SourceCase:
        made: SourceCase = request.param(kubernetes_cluster, tmp_path)
        return made


@pytest.fixture
def secret(kubernetes_cluster: KubernetesCluster, tmp_path: Path) -> SecretCase:
    return SecretCase(kubernetes_cluster, tmp_path)


@pytest.fixture
def config_map(kubernetes_cluster: KubernetesCluster, tmp_path: Path) -> ConfigMapCase:
    return ConfigMapCase(kubernetes_cluster, tmp_path)


def test_those_who_may_not_read_are_denied(secret: SecretCase) -> None:
    locator = secret.plant({"PORT": "1"}).locator
    assert SECRET.revision is not None
    for ask in (SECRET.read, SECRET.revision):
        with pytest.raises(SourceError, match=f"{locator} may not be read") as caught:
            ask(secret.ask(locator, READER))
        assert caught.value.reason is Reason.DENIED
        assert caught.value.hint == f"see: kubectl auth can-i get secret/{locator[8:]} -n default"


def test_the_hint_is_a_command_that_says_why(secret: SecretCase) -> None:
    locator = secret.plant({"PORT": "1"}).locator
    with pytest.raises(SourceError) as caught:
        SECRET.read(secret.ask(locator, READER))
    program, *words = str(caught.value.hint).removeprefix("see: ").split()
    file = secret.directory / f"{READER}.json"
    assert program == "kubectl"
    command: list[str | Path] = [secret.cluster.programs.kubectl, f"--kubeconfig={file}", *words]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() == "no"


def test_the_right_to_get_one_object_is_enough(secret: SecretCase, config_map: ConfigMapCase) -> None:
    question = config_map.plant({"PORT": "1"})
    name, role = question.locator.removeprefix("default/"), f"role-{question.locator[8:]}"
    cluster = config_map.cluster
    cluster.kubectl("create", "role", role, "--verb=get", "--resource=configmaps", f"--resource-name={name}")
    cluster.kubectl("create", "rolebinding", role, f"--role={role}", f"--user={READER}")
    (entry,) = CONFIG_MAP.read(config_map.ask(question.locator, READER))
    assert (entry.name, entry.value) == ("PORT", "1")
    with pytest.raises(SourceError) as caught:
        SECRET.read(secret.ask(secret.plant({"PORT": "1"}).locator, READER))
    assert caught.value.reason is Reason.DENIED


def test_a_token_that_the_cluster_does_not_know(secret: SecretCase) -> None:
    question = secret.plant({"PORT": "1"})
    document = secret.cluster.kubeconfig(ADMIN)
    document["users"][0]["user"]["token"] = "canary-stale"
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    with pytest.raises(SourceError, match="does not know who asks") as caught:
        SECRET.read(question)
    assert caught.value.reason is Reason.DENIED
    assert "canary-stale" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("cluster", [{}, {"certificate-authority-data": ""}])
def test_a_certificate_that_nobody_vouches_for(secret: SecretCase, cluster: dict[str, str]) -> None:
    question = secret.plant({"PORT": "1"})
    document = secret.cluster.kubeconfig(ADMIN)
    document["clusters"][0]["cluster"] = {"server": secret.cluster.server, **cluster}
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    with pytest.raises(SourceError, match=r"the certificate of 127\.0\.0\.1:\d+ cannot be trusted"):
        SECRET.read(question)


def test_a_kubeconfig_may_do_without_the_check(secret: SecretCase) -> None:
    question = secret.plant({"PORT": "1"})
    document = secret.cluster.kubeconfig(ADMIN)
    document["clusters"][0]["cluster"] = {"server": secret.cluster.server, "insecure-skip-tls-verify": True}
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    assert [entry.value for entry in SECRET.read(question)] == ["1"]


def test_a_client_certificate_says_who_one_is(secret: SecretCase) -> None:
    question = secret.plant({"PORT": "1"})
    signed = secret.cluster.authority.client(READER)
    said = {
        "client-certificate-data": base64.b64encode(signed.certificate.encode()).decode(),
        "client-key-data": base64.b64encode(signed.key.encode()).decode(),
    }
    document = secret.cluster.kubeconfig(READER)
    document["users"][0]["user"] = said
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    with pytest.raises(SourceError, match="may not be read"):  # it is known, and has no right
        SECRET.read(question)
    other = ClientAuthority().client(READER)
    said["client-certificate-data"] = base64.b64encode(other.certificate.encode()).decode()
    said["client-key-data"] = base64.b64encode(other.key.encode()).decode()
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    with pytest.raises(SourceError, match="does not know who asks"):
        SECRET.read(question)
    said["client-key-data"] = base64.b64encode(b"canary-key").decode()
    (secret.directory / f"{ADMIN}.json").write_text(json.dumps(document))
    with pytest.raises(SourceError, match=r"the request cannot be sent|cannot be trusted") as caught:
        SECRET.read(question)
    assert "canary-key" not in f"{caught.value} {caught.value.hint}"


def test_the_namespace_is_that_of_the_context(secret: SecretCase) -> None:
    question = secret.plant({"PORT": "1"})
    short = msgspec.structs.replace(question, locator=question.locator.removeprefix("default/"))
    (entry,) = SECRET.read(short)
    assert entry.origin.source == f"kubernetes-secret:{short.locator}"


def test_the_place_is_the_resource_version_that_kubectl_shows(secret: SecretCase) -> None:
    question = secret.plant({"PORT": "1"})
    words = ("get", "secret", question.locator.removeprefix("default/"))
    version = secret.cluster.kubectl(*words, "--output=jsonpath={.metadata.resourceVersion}").output
    (entry,) = SECRET.read(question)
    assert entry.origin.place == f"resource version {version}"
    assert SECRET.revision is not None
    assert SECRET.revision(question) == version


def test_an_immutable_secret_is_read(secret: SecretCase) -> None:
    question = secret.plant({})
    secret.apply({"immutable": True, **secret.data({"port": b"1"})})
    assert [entry.value for entry in SECRET.read(question)] == ["1"]


def test_the_largest_secret_is_read(secret: SecretCase) -> None:
    question = secret.plant({})
    text = "x" * (1024 * 1024 - 100)
    secret.apply(secret.data({"blob": text.encode()}))
    assert [entry.value for entry in SECRET.read(question)] == [text]
