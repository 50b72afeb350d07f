"""What deploying takes for granted of a cluster: of the real API server, and of the fake in memory."""

from abc import abstractmethod
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from samestack.deploy.cluster.claim import Claim, Holder, claimed
from samestack.deploy.cluster.cluster import (
    ApplyRefusedError,
    Cluster,
    FieldConflictError,
    VersionConflictError,
)
from samestack.deploy.cluster.objects import Object, ObjectKey, key_of, resource_version
from samestack.errors import RequestError

CANARY = "canary-0b51c9d2"


class ClusterCase:
    """A cluster, and one more who works on it."""

    name: str
    """Of objects that no other test has."""

    @abstractmethod
    def cluster(self) -> Cluster:
        """The cluster, by a connection of its own."""

    @abstractmethod
    def apply_as_other(self, key: ObjectKey, document: Object) -> None:
        """Apply by force as the manager ``other``."""

    def config_map(self, data: Mapping[str, Any]) -> tuple[ObjectKey, dict[str, Any]]:
        """An object whose fields are texts."""
        document = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": self.name},
            "data": dict(data),
        }
        return key_of(document, self.cluster().namespace), document


def data_of(cluster: Cluster, key: ObjectKey) -> Any:
    """The data of a ConfigMap that is there."""
    found = cluster.read(key)
    assert found is not None
    return found["data"]


class ClusterContract:
    """The contract. A subclass named ``Test...`` has a fixture ``case``."""

    @pytest.fixture
    def cluster(self, case: ClusterCase) -> Cluster:
        return case.cluster()

    def test_an_object_is_made_once(self, case: ClusterCase, cluster: Cluster) -> None:
        key, document = case.config_map({"a": "1"})
        assert cluster.read(key) is None
        cluster.create(key, document)
        assert data_of(cluster, key) == {"a": "1"}
        with pytest.raises(VersionConflictError):
            cluster.create(key, document)

    def test_only_the_version_that_was_read_is_replaced(self, case: ClusterCase, cluster: Cluster) -> None:
        key, document = case.config_map({"a": "1"})
        read = cluster.create(key, document)
        cluster.replace(key, {**read, "data": {"a": "2"}})
        with pytest.raises(VersionConflictError):
            cluster.replace(key, {**read, "data": {"a": "3"}})
        assert data_of(cluster, key) == {"a": "2"}
        cluster.delete(key)
        with pytest.raises(VersionConflictError):
            cluster.replace(key, read)

    def test_what_is_applied_is_there_and_what_is_left_out_goes(
        self, case: ClusterCase, cluster: Cluster
    ) -> None:
        key, document = case.config_map({"a": "1", "b": "1"})
        cluster.apply(key, document)
        case.apply_as_other(key, {**document, "data": {"c": "1"}})
        cluster.apply(key, {**document, "data": {"a": "2"}})
        assert data_of(cluster, key) == {"a": "2", "c": "1"}

    def test_a_field_of_another_is_told_and_nothing_is_changed(
        self, case: ClusterCase, cluster: Cluster
    ) -> None:
        key, document = case.config_map({"a": "1", "b": "1"})
        cluster.apply(key, document)
        case.apply_as_other(key, {**document, "data": {"b": CANARY}})
        with pytest.raises(FieldConflictError, match=r"\.data\.b is set by 'other'") as caught:
            cluster.apply(key, {**document, "data": {"a": "2", "b": f"{CANARY}2"}})
        assert caught.value.hint
        assert CANARY not in f"{caught.value} {caught.value.hint}"
        assert data_of(cluster, key) == {"a": "1", "b": CANARY}

    def test_a_trial_changes_nothing_and_fails_alike(self, case: ClusterCase, cluster: Cluster) -> None:
        key, document = case.config_map({"a": "1"})
        cluster.apply(key, document, is_trial=True)
        assert cluster.read(key) is None
        cluster.apply(key, document)
        cluster.apply(key, {**document, "data": {"a": "2"}}, is_trial=True)
        assert data_of(cluster, key) == {"a": "1"}
        case.apply_as_other(key, {**document, "data": {"a": "9"}})
        with pytest.raises(FieldConflictError):
            cluster.apply(key, {**document, "data": {"a": "2"}}, is_trial=True)

    def test_what_has_changed_since_is_not_applied_to(self, case: ClusterCase, cluster: Cluster) -> None:
        key, document = case.config_map({"a": "1"})
        seen = resource_version(cluster.apply(key, document))
        cluster.apply(key, {**document, "data": {"a": "2"}})
        held = {**document, "metadata": {**document["metadata"], "resourceVersion": seen}}
        with pytest.raises(VersionConflictError):
            cluster.apply(key, {**held, "data": {"a": "3"}})
        assert data_of(cluster, key) == {"a": "2"}

    def test_what_is_no_such_object_is_refused_without_its_values(
        self, case: ClusterCase, cluster: Cluster
    ) -> None:
        key, document = case.config_map({"no key": CANARY})
        with pytest.raises(ApplyRefusedError, match=f"ConfigMap {cluster.namespace}/{case.name}") as caught:
            cluster.apply(key, document)
        assert CANARY not in f"{caught.value} {caught.value.hint}"
        assert cluster.read(key) is None

    def test_what_is_taken_away_need_not_be_there(self, case: ClusterCase, cluster: Cluster) -> None:
        key, document = case.config_map({"a": "1"})
        cluster.delete(key)
        cluster.apply(key, document)
        cluster.delete(key)
        assert cluster.read(key) is None

    def test_of_two_who_claim_at_once_one_is_told_who(self, case: ClusterCase) -> None:
        clusters = [case.cluster() for _ in range(4)]

        def claim(number: int) -> Claim | RequestError:
            holder = Holder(f"{number:032x}", f"ada-{number}", f"m{number}")
            try:
                return claimed(clusters[number], case.name, holder)
            except RequestError as error:
                return error

        with ThreadPoolExecutor(4) as pool:
            ended = list(pool.map(claim, range(4)))
        (winner,) = [number for number, one in enumerate(ended) if isinstance(one, Claim)]
        losers = [str(one) for one in ended if isinstance(one, RequestError)]
        assert len(losers) == 3
        told = f"{case.name} is being deployed to by ada-{winner}, since 20"
        assert [one for one in losers if not one.startswith(told)] == []

    def test_a_claim_that_is_let_go_can_be_claimed(self, case: ClusterCase, cluster: Cluster) -> None:
        claimed(cluster, case.name, Holder("1" * 32, "ada", "here")).release()
        claimed(cluster, case.name, Holder("2" * 32, "bob", "there"))
        with pytest.raises(RequestError, match="by bob, since"):
            claimed(cluster, case.name, Holder("3" * 32, "cy", "elsewhere"))

    def test_what_a_killed_process_of_this_checkout_claimed_is_claimed_at_once(
        self, case: ClusterCase, cluster: Cluster
    ) -> None:
        claimed(cluster, case.name, Holder("1" * 32, "ada", "here"))
        with pytest.raises(RequestError, match="by ada"):
            claimed(cluster, case.name, Holder("2" * 32, "bob", "there"))
        claimed(cluster, case.name, Holder("2" * 32, "ada", "here"))
