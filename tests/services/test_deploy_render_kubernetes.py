"""Rendered manifests: accepted, applied and read back by a real API server of Kubernetes 1.20, and Kustomize.

``autoscaling/v2`` and ``policy/v1`` do not exist there: the range of versions chooses what does.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from msgspec import structs

from samestack.deploy.deployment import Configuration, Deployment
from samestack.deploy.rendering.kubernetes.files import file_texts, one_text, write_directory
from samestack.deploy.rendering.kubernetes.manifests import manifests
from samestack.errors import OutsideError
from tests.deploy.deployments import variants
from tests.services.kubernetes_cluster import KubernetesCluster

pytestmark = pytest.mark.service

RANGE: Final = ">=1.19,<1.25"
NAMESPACE: Final = "rendered"


def old(variant: str) -> Deployment:
    """A variant for the versions of Kubernetes that the server is one of."""
    return structs.replace(variants()[variant], kubernetes=RANGE, namespace=NAMESPACE)


@pytest.fixture
def cluster(kubernetes_cluster: KubernetesCluster) -> KubernetesCluster:
    kubernetes_cluster.make_namespace(NAMESPACE)
    return kubernetes_cluster


def is_said_by(wanted: Any, found: Any) -> bool:
    """Whether all that is wanted is found; the server adds what nobody said."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and is_said_by(value, found[key]) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return len(wanted) == len(found) and all(map(is_said_by, wanted, found))
    return bool(wanted == found)


def read(cluster: KubernetesCluster, document: Mapping[str, Any]) -> Any:
    """An object of the cluster, in the version of its API that the document has."""
    group, _, version = document["apiVersion"].rpartition("/")
    kind = f"{document['kind']}.{version}.{group}" if group else document["kind"]
    words = ("get", kind, document["metadata"]["name"], f"--namespace={NAMESPACE}", "--output=json")
    return json.loads(cluster.kubectl(*words).output)


def in_file(deployment: Deployment, directory: Path) -> str:
    file = directory / "all.yaml"
    file.write_text(one_text(manifests(deployment)))
    return f"--filename={file}"


@pytest.mark.parametrize("variant", variants())
def test_the_server_accepts_them_in_a_trial(variant: str, cluster: KubernetesCluster, tmp_path: Path) -> None:
    said = cluster.kubectl("apply", "--dry-run=server", in_file(old(variant), tmp_path)).output
    assert len(said.splitlines()) == len(manifests(old(variant)))


@pytest.mark.parametrize("variant", variants())
def test_the_server_keeps_them_as_they_are(variant: str, cluster: KubernetesCluster, tmp_path: Path) -> None:
    deployment = structs.replace(old(variant), name=f"helpdesk-{variant}")
    cluster.kubectl("apply", "--server-side", "--field-manager=samestack", in_file(deployment, tmp_path))
    for document in plain(manifests(deployment)):
        assert is_said_by(document, read(cluster, document)), document["kind"]


def test_what_is_applied_again_changes_nothing_and_what_differs_changes(
    cluster: KubernetesCluster, tmp_path: Path
) -> None:
    deployment = structs.replace(old("scaled"), name="helpdesk-again")
    words = ("apply", "--server-side", "--field-manager=samestack")
    documents = plain(manifests(deployment))
    cluster.kubectl(*words, in_file(deployment, tmp_path))
    before = [read(cluster, one)["metadata"]["resourceVersion"] for one in documents]
    cluster.kubectl(*words, in_file(deployment, tmp_path))
    assert [read(cluster, one)["metadata"]["resourceVersion"] for one in documents] == before
    other = structs.replace(deployment, configuration=Configuration(profile="production", plain={"A": "b"}))
    cluster.kubectl(*words, in_file(other, tmp_path))
    config_map, workload = (
        next(read(cluster, one) for one in documents if one["kind"] == kind)
        for kind in ("ConfigMap", "Deployment")
    )
    assert config_map["data"] == {"A": "b"}
    assert workload["metadata"]["generation"] == 2  # its pods are made anew


def test_the_server_refuses_what_the_range_of_newer_versions_renders(
    cluster: KubernetesCluster, tmp_path: Path
) -> None:
    newer = structs.replace(old("scaled"), kubernetes=">=1.25")
    with pytest.raises(OutsideError, match="no matches for kind"):
        cluster.kubectl("apply", "--dry-run=server", in_file(newer, tmp_path))


@pytest.mark.parametrize("variant", variants())
def test_kustomize_takes_the_directory_as_a_base(
    variant: str, cluster: KubernetesCluster, tmp_path: Path
) -> None:
    documents = manifests(old(variant))
    write_directory(file_texts(documents), tmp_path / "base")
    built = yaml.safe_load_all(cluster.kubectl("kustomize", str(tmp_path / "base")).output)
    assert by_kind(built) == by_kind(plain(documents))
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    patch = {"namePrefix": "blue-", "bases": ["../base"]}
    (overlay / "kustomization.yaml").write_text(yaml.safe_dump(patch))
    renamed = by_kind(yaml.safe_load_all(cluster.kubectl("kustomize", str(overlay)).output))
    (container,) = renamed["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["envFrom"][0]["configMapRef"]["name"] == renamed["ConfigMap"]["metadata"]["name"]
    assert renamed["ConfigMap"]["metadata"]["name"] == "blue-helpdesk-configuration"


def plain(documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """As YAML is read."""
    return list(yaml.safe_load_all(one_text(documents)))


def by_kind(documents: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {one["kind"]: one for one in documents}
