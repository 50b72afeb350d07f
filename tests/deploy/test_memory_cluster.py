"""The fake cluster is held to the contract of the real one."""

import pytest

from samestack.deploy.cluster.cluster import Cluster
from samestack.deploy.cluster.objects import Object, ObjectKey
from tests.deploy.cluster_contract import ClusterCase, ClusterContract
from tests.deploy.memory_cluster import MemoryCluster


class MemoryCase(ClusterCase):
    name = "settings"

    def __init__(self) -> None:
        self._cluster = MemoryCluster()

    def cluster(self) -> Cluster:
        return self._cluster

    def apply_as_other(self, key: ObjectKey, document: Object) -> None:
        self._cluster.apply_as("other", key, document, forces=True)


class TestMemoryCluster(ClusterContract):
    @pytest.fixture
    def case(self) -> ClusterCase:
        return MemoryCase()
