"""A ConfigMap of Kubernetes, whose keys are variables, and no secrets."""

from functools import partial
from typing import Final

from samestack.capture.kubernetes.connection import load
from samestack.config.rank import Rank
from samestack.config.sources.kind import SourceKind
from samestack.config.sources.kubernetes_client import OPTIONS
from samestack.config.sources.kubernetes_object import ObjectSource, object_entries, object_revision

_SOURCE: Final = ObjectSource("kubernetes-configmap", "config_map", "ConfigMap", Rank.CONFIGURATION_STORE)

KIND: Final = SourceKind(
    name=_SOURCE.name,
    rank=_SOURCE.rank,
    summary="A ConfigMap of a Kubernetes cluster, no place for secrets: NAMESPACE/NAME, or NAME.",
    read=partial(object_entries, _SOURCE),
    revision=partial(object_revision, _SOURCE),
    options=OPTIONS,
    prepare=load,
    is_remote=True,
)
