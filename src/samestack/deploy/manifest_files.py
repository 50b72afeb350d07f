"""The manifests of every promotion, kept by their hash: a rollback brings back what was applied."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from samestack.deploy.history import DIRECTORY
from samestack.errors import InputError, OutsideError
from samestack.files import write_file

_DIRECTORY: Final = "manifests"
_MAX_BYTES: Final = 8 * 1024 * 1024
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases, by which a few lines stand for billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """As the parent does."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def manifests_digest(text: str) -> str:
    """The hash that manifests are kept under."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def manifests_path(project: Path, digest: str) -> Path:
    """Where manifests of a hash stand; :class:`InputError` for what is no hash."""
    if not _DIGEST.fullmatch(digest):
        raise InputError(DIRECTORY, f"'{digest[:80]}' is no hash of manifests")
    return project / DIRECTORY / _DIRECTORY / f"{digest.removeprefix('sha256:')}.yaml"


def keep_manifests(project: Path, text: str) -> str:
    """Keep manifests, and return their hash; the same ones are kept once."""
    digest = manifests_digest(text)
    path = manifests_path(project, digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{path.parent}: cannot be written to: {error.strerror}") from None
    if not path.is_file():
        write_file(text.encode(), path)
    return digest


def kept_manifests(project: Path, digest: str) -> str:
    """Manifests that were kept; :class:`InputError` where they are not those of the hash."""
    path = manifests_path(project, digest)
    hint = f"take them back: git checkout -- {path}"
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}", hint=hint) from None
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != digest:
        raise InputError(
            str(path), "not the manifests that the history names: the file was altered", hint=hint
        )
    return data.decode()


def documents_of(text: str, file: str) -> tuple[Mapping[str, Any], ...]:
    """The objects that manifests describe; :class:`InputError` for what is none."""
    try:
        found = [one for one in yaml.load_all(text, _PlainLoader) if one is not None]
    except (yaml.YAMLError, RecursionError):
        raise InputError(file, "not plain YAML") from None
    for number, document in enumerate(found, start=1):
        if not _is_object(document):
            raise InputError(
                file, "not a Kubernetes object with a kind and a name", place=f"document {number}"
            )
    return tuple(found)


def _is_object(document: Any) -> bool:  # noqa: ANN401 - a parsed document is anything
    if not isinstance(document, dict) or not isinstance(document.get("metadata"), dict):
        return False
    parts = (document.get("apiVersion"), document.get("kind"), document["metadata"].get("name"))
    return all(isinstance(part, str) and part for part in parts)
