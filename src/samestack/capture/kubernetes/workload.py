"""A workload of a cluster, and the image that runs in it: by digest, or not at all."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from samestack.capture.documents import decode_json
from samestack.capture.kubernetes.access import access
from samestack.capture.kubernetes.address import Address
from samestack.capture.kubernetes.connection import WHOLE, answered, connected, load
from samestack.capture.kubernetes.refusal import refusal
from samestack.capture.kubernetes.template import (
    Container,
    ContainerStatus,
    Pod,
    Pods,
    Selector,
    Template,
    Workload,
)
from samestack.capture.kubernetes.way import Way
from samestack.errors import RequestError
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import in_time

T = TypeVar("T")

SECONDS: Final = 30.0
"""How long a cluster may take."""
_MAX_PODS: Final = 500
"""How many pods are asked for at once: their statuses are small, and the answer is bounded."""
_MAX_PAGES: Final = 20
_DEFAULT_CONTAINER: Final = "kubectl.kubernetes.io/default-container"
_READ: Final = {
    "deployment": "read_namespaced_deployment",
    "statefulset": "read_namespaced_stateful_set",
    "daemonset": "read_namespaced_daemon_set",
}
_DIGEST: Final = re.compile(r"@(sha256:[0-9a-f]{64})$")
_DOCKER_HUB: Final = "docker.io"


class Running(NamedTuple):
    """What runs of a workload."""

    image: str
    """``HOST/NAME@sha256:…``"""
    container: Container
    template: Template


def running(where: Address, variables: Mapping[str, str], seconds: float = SECONDS) -> Running:
    """The image that the pods of a workload run, or that its template names by digest where it has none.

    :class:`SourceError` where the cluster cannot be asked, or the digest is not known: a tag alone says
    nothing of what runs. ``variables`` are those that name the cluster, as for kubectl.
    """
    load()
    return in_time(lambda: _running(where, variables, seconds), seconds, str(where))


def _running(where: Address, variables: Mapping[str, str], seconds: float) -> Running:
    way = access(Way(variables=variables, context=where.context), str(where), seconds)
    with connected(way, seconds, variables, str(where)) as connection:
        cluster = _Cluster(where, connection, seconds)
        workload = cluster.workload()
        container = _container(where, workload.spec.template)
        statuses = [one for one in cluster.statuses(workload.spec.selector) if one.name == container.name]
    return Running(_image(where, container, statuses), container, workload.spec.template)


class _Cluster(NamedTuple):
    """A cluster that is asked about one workload."""

    where: Address
    connection: Any
    """The library's client."""
    seconds: float

    def workload(self) -> Workload:
        """What is wanted."""
        read = getattr(load().AppsV1Api(self.connection), _READ[self.where.kind])
        return self._asked(partial(read, self.where.name, self.where.namespace), Workload)

    def statuses(self, selector: Selector) -> Iterator[ContainerStatus]:
        """The containers of the pods that run and are to go on running."""
        for pod in self._pods(selector):
            if pod.status.phase == "Running" and not pod.metadata.deleted:
                yield from pod.status.containers or ()

    def _pods(self, selector: Selector) -> Iterator[Pod]:
        list_pods = partial(
            load().CoreV1Api(self.connection).list_namespaced_pod,
            self.where.namespace,
            label_selector=str(selector),
            limit=_MAX_PODS,
        )
        following: dict[str, str] = {}
        for _ in range(_MAX_PAGES):
            pods = self._asked(partial(list_pods, **following), Pods)
            yield from pods.items
            if not pods.metadata.following:
                return
            following = {"_continue": pods.metadata.following}

    def _asked(self, call: Callable[..., Any], shape: type[T]) -> T:
        where, answer = self.where, answered(call, WHOLE, self.seconds)
        if answer.status == 403 and shape is Pods:
            hint = f"see: kubectl auth can-i list pods -n {where.namespace}"
            raise SourceError(str(where), Reason.DENIED, "its pods may not be listed", hint=hint)
        if answer.status != 200:
            raise refusal(answer.status, where.word, where.namespace, where.name, str(where))
        return decode_json(answer.body, shape, file=str(where))


def _container(where: Address, template: Template) -> Container:
    """The container that is meant: the named one, the only one, or the one that the template says."""
    there = {one.name: one for one in template.spec.containers}
    name = where.container or (template.metadata.annotations or {}).get(_DEFAULT_CONTAINER, "")
    if not name and len(there) == 1:
        return template.spec.containers[0]
    if name in there:
        return there[name]
    problem = f"it has no container '{name}'" if name else f"it has {len(there)} containers"
    example = f"kubernetes:{where.namespace}/{where.kind}/{where.name}/"
    hint = "name one: " + " or ".join(f"{example}{one}" for one in there)
    raise RequestError(f"{where}: {problem}", hint=hint)


def _image(where: Address, container: Container, statuses: list[ContainerStatus]) -> str:
    digests = sorted({_digest(one.image_id) or "one that no registry knows" for one in statuses})
    if len(digests) > 1:
        hint = "wait until its roll-out is done: kubectl rollout status"
        message = f"its pods run {len(digests)} images: {', '.join(digests)}"
        raise SourceError(str(where), Reason.EMPTY, message, hint=hint)
    digest = _DIGEST.search(statuses[0].image_id if statuses else container.image)
    if digest is None:
        why = "a node loaded its image itself" if statuses else "no pod of it runs, and a tag names its image"
        message = f"{why}: which one it is, is not known"
        raise SourceError(str(where), Reason.EMPTY, message, hint="name the image by digest in the template")
    return f"{repository_of(container.image)}@{digest[1]}"


def _digest(text: str) -> str:
    """The digest by which a registry knows an image; empty for an image that a node made or loaded itself."""
    found = _DIGEST.search(text)
    return found[1] if found else ""


def repository_of(image: str) -> str:
    """The name without tag and digest, and with the registry that Kubernetes takes where none is named."""
    name = image.partition("@")[0]
    head, slash, last = name.rpartition("/")
    name = f"{head}{slash}{last.partition(':')[0]}"
    first, slash, _ = name.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return name
    return f"{_DOCKER_HUB}/{name}" if slash else f"{_DOCKER_HUB}/library/{name}"
