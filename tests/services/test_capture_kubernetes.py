"""Workloads of a real API server, whose images stand in a real registry.

No node takes part: what a kubelet would write into the status of a pod, the tests write.
"""

import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kubernetes import client, config

from samestack.capture.entry import capture
from samestack.errors import RequestError, SamestackError
from samestack.model import Reference, Snapshot
from samestack.oci.image_name import ImageName
from samestack.oci.registry.opening import opened_destination
from samestack.outside.source_error import Reason, SourceError
from tests.oci.small_images import SmallImage, directory, file, small_image, tar
from tests.services.kubernetes_cluster import ADMIN, READER, KubernetesCluster
from tests.services.registry_server import RegistryServer

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]

NAMESPACE = "capture"
CANARY = "canary-2f6a"
Deployed = Callable[..., str]


def image(version: str) -> SmallImage:
    """An image of a release of Debian, told apart by its version."""
    release = file("etc/os-release", f"ID=debian\nVERSION_ID={version}\n")
    return small_image(tar(directory("etc"), release), env=("OMP_NUM_THREADS=2", "MKL_NUM_THREADS=2"))


TWELVE, THIRTEEN = image("12"), image("13")


@pytest.fixture
def name(registry_server: RegistryServer) -> str:
    """A repository that has both images, of which 13 has the tag."""
    name = f"{registry_server.host}/team/deployed"
    with opened_destination(ImageName.parse(name)) as registry:
        for one in (TWELVE, THIRTEEN):
            one.write(registry)
            registry.name(one.descriptor, "1.0")
    return name


@pytest.fixture
def api(
    kubernetes_cluster: KubernetesCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[client.ApiClient]:
    """The administrator's client; the administrator's kubeconfig is the user's own."""
    kubernetes_cluster.make_namespace(NAMESPACE)
    file = tmp_path / "kubeconfig"
    file.write_text(json.dumps(kubernetes_cluster.kubeconfig(ADMIN)))
    monkeypatch.setenv("KUBECONFIG", str(file))
    with config.new_client_from_config(str(file)) as connection:  # type: ignore[no-untyped-call]
        yield connection


@pytest.fixture
def deploy(api: client.ApiClient, request: pytest.FixtureRequest) -> Deployed:
    """Make a Deployment of containers, and pods of it that run the given images."""
    name = f"test-{zlib.crc32(request.node.name.encode()):08x}"

    apps: Any = client.AppsV1Api(api)
    core: Any = client.CoreV1Api(api)

    def make(*containers: dict[str, Any], runs: tuple[str, ...] = (), phase: str = "Running") -> str:
        labels = {"app": name}
        template = {"metadata": {"labels": labels}, "spec": {"containers": list(containers)}}
        spec = {"selector": {"matchLabels": labels}, "template": template}
        apps.create_namespaced_deployment(NAMESPACE, {"metadata": {"name": name}, "spec": spec})
        for number, image_id in enumerate(runs):
            pod = f"{name}-{number}"
            core.create_namespaced_pod(NAMESPACE, {**template, "metadata": {"name": pod, "labels": labels}})
            core.patch_namespaced_pod_status(pod, NAMESPACE, _status(containers, image_id, phase))
        return f"kubernetes:{NAMESPACE}/{name}"

    return make


def _status(containers: tuple[dict[str, Any], ...], image_id: str, phase: str) -> dict[str, Any]:
    state = {"ready": True, "restartCount": 0, "image": "any"}
    statuses = [{**state, "name": one["name"], "imageID": image_id} for one in containers]
    return {"status": {"phase": phase, "containerStatuses": statuses}}


def read(reference: str) -> Snapshot:
    return capture(Reference.parse(reference))


def release(snapshot: Snapshot) -> list[str]:
    return [one.label for one in snapshot.stack]


@pytest.mark.parametrize("form", ["{image}:1.0", "{image}:1.0@{other}"])
def test_what_runs_counts_and_not_what_is_wanted(deploy: Deployed, name: str, form: str) -> None:
    wanted = form.format(image=name, other=THIRTEEN.descriptor.digest)
    runs = f"{name}@{TWELVE.descriptor.digest}"
    reference = deploy({"name": "agent", "image": wanted}, runs=(runs, f"docker-pullable://{runs}"))
    found = read(reference)
    assert release(found) == ["debian 12"]
    assert found.origin.reference == reference
    assert found.stack == read(f"registry:{runs}").stack


def test_a_template_that_names_a_digest_has_no_need_of_pods(deploy: Deployed, name: str) -> None:
    reference = deploy({"name": "agent", "image": f"{name}@{TWELVE.descriptor.digest}"})
    assert release(read(reference)) == ["debian 12"]


@pytest.mark.parametrize(
    ("runs", "phase", "message"),
    [
        ((), "Running", "no pod of it runs, and a tag names its image"),
        (("{image}@{twelve}",), "Succeeded", "no pod of it runs, and a tag names its image"),
        (("sha256:" + "a" * 64,), "Running", "a node loaded its image itself"),
        (("{image}@{twelve}", "{image}@{thirteen}"), "Running", "its pods run 2 images"),
    ],
)
def test_what_is_not_known_is_not_guessed(
    deploy: Deployed, name: str, runs: tuple[str, ...], phase: str, message: str
) -> None:
    digests = {"twelve": TWELVE.descriptor.digest, "thirteen": THIRTEEN.descriptor.digest}
    given = tuple(one.format(image=name, **digests) for one in runs)
    reference = deploy({"name": "agent", "image": f"{name}:1.0"}, runs=given, phase=phase)
    with pytest.raises(SourceError, match=message) as caught:
        read(reference)
    assert caught.value.reason is Reason.EMPTY
    assert caught.value.hint


def test_one_of_several_containers(deploy: Deployed, name: str) -> None:
    agent = {"name": "agent", "image": f"{name}@{TWELVE.descriptor.digest}"}
    side = {"name": "side", "image": f"{name}@{THIRTEEN.descriptor.digest}"}
    reference = deploy(agent, side).replace(f"{NAMESPACE}/", f"{NAMESPACE}/deployment/")
    with pytest.raises(RequestError, match="it has 2 containers") as caught:
        read(reference)
    assert caught.value.hint == f"name one: {reference}/agent or {reference}/side"
    assert release(read(f"{reference}/agent")) == ["debian 12"]
    assert release(read(f"{reference}/side")) == ["debian 13"]
    with pytest.raises(RequestError, match="it has no container 'other'"):
        read(f"{reference}/other")


def test_configuration_by_its_names(deploy: Deployed, name: str) -> None:
    variables = [
        {"name": "PASSWORD", "value": CANARY},
        {"name": "OMP_NUM_THREADS", "value": "4"},
        {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "agent", "key": "token"}}},
    ]
    agent = {"name": "agent", "image": f"{name}@{TWELVE.descriptor.digest}", "env": variables}
    found = read(deploy({**agent, "envFrom": [{"configMapRef": {"name": "settings"}}]}))
    assert CANARY not in repr(found)
    assert {(one.name, one.version) for one in found.configuration} == {
        ("PASSWORD", None),
        ("OMP_NUM_THREADS", "4"),
        ("MKL_NUM_THREADS", "2"),
        ("TOKEN", None),
        ("configmap/settings", None),
    }


@pytest.mark.usefixtures("api")
def test_what_is_not_there() -> None:
    with pytest.raises(SourceError, match=f"there is no Deployment {NAMESPACE}/nowhere") as caught:
        read(f"kubernetes:{NAMESPACE}/nowhere")
    assert caught.value.reason is Reason.MISSING
    with pytest.raises(SourceError, match="there is no StatefulSet"):
        read(f"kubernetes:{NAMESPACE}/statefulset/nowhere")


def test_who_may_not_look(
    deploy: Deployed,
    name: str,
    kubernetes_cluster: KubernetesCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference = deploy({"name": "agent", "image": name})
    file = tmp_path / "reader"
    file.write_text(json.dumps(kubernetes_cluster.kubeconfig(READER)))
    monkeypatch.setenv("KUBECONFIG", str(file))
    with pytest.raises(SourceError, match="may not be read") as caught:
        read(reference)
    assert caught.value.reason is Reason.DENIED
    assert "kubectl auth can-i get deployment/" in str(caught.value.hint)
    role = ["--verb=get", "--resource=deployments", f"--namespace={NAMESPACE}"]
    kubernetes_cluster.kubectl("create", "role", "looks", *role)
    bound = ["--role=looks", f"--user={READER}", f"--namespace={NAMESPACE}"]
    kubernetes_cluster.kubectl("create", "rolebinding", "looks", *bound)
    with pytest.raises(SourceError, match="its pods may not be listed") as caught:
        read(reference)
    assert caught.value.hint == f"see: kubectl auth can-i list pods -n {NAMESPACE}"
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    with pytest.raises(SourceError, match="there is no kubeconfig, and this is no pod"):
        read(reference)


def test_another_context_than_the_current_one(deploy: Deployed, name: str, tmp_path: Path) -> None:
    reference = deploy({"name": "agent", "image": f"{name}@{TWELVE.descriptor.digest}"})
    file = tmp_path / "kubeconfig"  # as the fixture wrote it
    document = json.loads(file.read_text())
    document["clusters"].append({"name": "gone", "cluster": {"server": "https://127.0.0.1:1"}})
    document["contexts"].append({"name": "gone", "context": {"cluster": "gone", "user": ADMIN}})
    file.write_text(json.dumps({**document, "current-context": "gone"}))
    with pytest.raises(SourceError) as caught:
        read(reference)
    assert caught.value.reason is Reason.UNREACHABLE
    assert "nobody answers" in caught.value.message
    assert release(read(f"{reference}@tests")) == ["debian 12"]
    with pytest.raises(SamestackError, match="nowhere"):
        read(f"{reference}@nowhere")
