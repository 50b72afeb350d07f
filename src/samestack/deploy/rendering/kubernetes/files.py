"""Manifests as texts: one of all of them, or a directory for Kustomize with a file each."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from samestack.config.rendering.yaml_text import yaml_text
from samestack.errors import OutsideError
from samestack.files import write_file

HEADER: Final = (
    "# Written by samestack deploy render: change what it is made from, or patch it with Kustomize.\n"
)
KUSTOMIZATION: Final = "kustomization.yaml"
_KINDS: Final = (
    "ServiceAccount",
    "ConfigMap",
    "NetworkPolicy",
    "Service",
    "Deployment",
    "PodDisruptionBudget",
    "HorizontalPodAutoscaler",
)


def one_text(documents: Iterable[Mapping[str, Any]]) -> str:
    """All documents in one text, as ``kubectl apply -f -`` reads them."""
    return HEADER + "---\n".join(map(yaml_text, documents))


def file_texts(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The files of a directory that is a base for Kustomize, by name."""
    texts = {file_name(str(one["kind"])): HEADER + yaml_text(one) for one in documents}
    kustomization = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": list(texts),
    }
    return {**texts, KUSTOMIZATION: HEADER + yaml_text(kustomization)}


def file_name(kind: str) -> str:
    """The file of the one object of a kind: ``configmap.yaml``."""
    return f"{kind.lower()}.yaml"


def write_directory(texts: Mapping[str, str], directory: Path) -> None:
    """Write the files, and take away what an earlier rendering wrote and this one does not.

    :class:`~samestack.errors.OutsideError` where that cannot be done; each file is whole whatever happens.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name in map(file_name, _KINDS):
            if name not in texts and _is_ours(directory / name):
                (directory / name).unlink()
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be written: {error.strerror}") from None
    for name, text in texts.items():
        write_file(text.encode(), directory / name)


def _is_ours(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(len(HEADER)) == HEADER.encode()
