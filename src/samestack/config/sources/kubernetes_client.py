"""A Secret or a ConfigMap of a cluster, asked for as it comes."""

from collections.abc import Mapping
from functools import partial
from typing import Final, Literal, NamedTuple

from samestack.capture.kubernetes.access import Access
from samestack.capture.kubernetes.connection import Answer, answered, connected, load
from samestack.capture.kubernetes.way import Way
from samestack.config.sources.kind import Question

OPTIONS: Final = frozenset({"context", "kubeconfig"})
"""What a source of these kinds may say beside its place."""
ObjectKind = Literal["secret", "config_map"]


class Place(NamedTuple):
    """Where an object is."""

    kind: ObjectKind
    namespace: str
    name: str
    shown: str
    """The source that it is, as errors name it."""


def way_of(question: Question) -> Way:
    """Which cluster a question is for, and as whom it is asked."""
    kubeconfig = question.options.get("kubeconfig")
    return Way(
        variables=question.variables,
        context=str(question.options.get("context") or ""),
        kubeconfig=None if kubeconfig is None else question.project / str(kubeconfig),
    )


def asked(place: Place, access: Access, accept: str, seconds: float, variables: Mapping[str, str]) -> Answer:
    """The answer for an object, in the form ``accept``; :class:`SourceError` where there is none."""
    with connected(access, seconds, variables, place.shown) as connection:
        read = getattr(load().CoreV1Api(connection), f"read_namespaced_{place.kind}")
        return answered(partial(read, place.name, place.namespace), accept, seconds)
