"""Kubeconfigs as files, and questions that are asked by them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samestack.config.sources.kind import Question


def kubeconfig(
    server: str,
    user: Mapping[str, Any] | None = None,
    *,
    cluster: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A kubeconfig of one context, as a document."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "preferences": {},
        "current-context": "there",
        "contexts": [{"name": "there", "context": {"cluster": "there", "user": "ada", **(context or {})}}],
        "clusters": [{"name": "there", "cluster": {"server": server, **(cluster or {})}}],
        "users": [{"name": "ada", "user": dict(user or {})}],
    }


def written(document: object, file: Path) -> Path:
    """The file, with a document in it: JSON is YAML, too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))
    return file


def by_kubeconfig(
    file: Path, locator: str = "helpdesk/production", *, seconds: float = 10, **options: str
) -> Question:
    """A question of a user whose kubeconfig that is."""
    return Question(
        locator=locator,
        project=file.parent,
        profile="test",
        variables={"KUBECONFIG": str(file), "PATH": "/usr/bin:/bin"},
        options=options,
        seconds=seconds,
    )
