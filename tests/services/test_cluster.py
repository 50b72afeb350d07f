"""The real API server keeps what deploying takes for granted of a cluster."""

import json
import os
from pathlib import Path

import pytest

from samestack.capture.kubernetes.way import Way
from samestack.deploy.cluster.cluster import Cluster
from samestack.deploy.cluster.kubernetes import KubernetesCluster as RealCluster
from samestack.deploy.cluster.objects import Object, ObjectKey
from samestack.outside.source_error import Reason, SourceError
from tests.deploy.cluster_contract import ClusterCase, ClusterContract
from tests.services.kubernetes_cluster import ADMIN, READER, KubernetesCluster

pytestmark = pytest.mark.service


class RealCase(ClusterCase):
    def __init__(self, server: KubernetesCluster, directory: Path) -> None:
        self.server = server
        self.name = f"settings-{os.urandom(6).hex()}"
        self._directory = directory

    def cluster(self, user: str = ADMIN) -> Cluster:
        file = self._directory / f"{user}.json"
        file.write_text(json.dumps(self.server.kubeconfig(user)))
        return RealCluster(Way(variables={"KUBECONFIG": str(file)}), "default", "kubernetes:default/agent")

    def apply_as_other(self, key: ObjectKey, document: Object) -> None:
        file = self._directory / "other.json"
        file.write_text(json.dumps(document))
        words = ("--server-side", "--force-conflicts", "--field-manager=other", f"--filename={file}")
        self.server.kubectl("apply", f"--namespace={key.namespace}", *words)


@pytest.fixture
def case(kubernetes_cluster: KubernetesCluster, tmp_path: Path) -> RealCase:
    return RealCase(kubernetes_cluster, tmp_path)


class TestRealCluster(ClusterContract):
    pass


def test_those_who_may_not_change_it_are_denied(case: RealCase) -> None:
    key, document = case.config_map({"a": "1"})
    with pytest.raises(SourceError, match="may not be changed") as caught:
        case.cluster(READER).apply(key, document)
    assert caught.value.reason is Reason.DENIED
