"""What uv reads of a project itself, and what it is told because it would read it otherwise."""

import tomllib
from pathlib import Path
from typing import Any

from samestack.capture.documents import read_text
from samestack.lock.terms import Terms
from samestack.lock.uv.compiling import Sources
from samestack.project.manifest import Project

_MANIFEST = "pyproject.toml"


def sources_of(project: Project, terms: Terms) -> Sources:
    """The project's files where uv understands them all, else each requirement in its standard form.

    uv knows nothing of ``environment.yml`` and would build a project of Poetry's to learn what it asks for.
    """
    manifest = _manifest(project) if _MANIFEST in project.wishes or terms.groups else {}
    is_read = all(_is_read(name, manifest) for name in project.wishes)
    if not project.wishes or not is_read:
        return _as_requirements(project, terms)
    files = (name for name in project.wishes if name != _MANIFEST or "project" in manifest)
    return Sources(files=tuple(files), groups=terms.groups)


def _manifest(project: Project) -> dict[str, Any]:
    path: Path = project.directory / _MANIFEST
    return tomllib.loads(read_text(path)) if path.is_file() else {}


def _is_read(name: str, manifest: dict[str, Any]) -> bool:
    if name == _MANIFEST:
        return "poetry" not in manifest.get("tool", {})
    return not name.endswith((".yml", ".yaml"))


def _as_requirements(project: Project, terms: Terms) -> Sources:
    from samestack.project.wishes import wishes_of

    asked = wishes_of(project, terms.extras, terms.groups)
    texts = (wish.text for wish in asked.wishes if not wish.is_constraint)
    return Sources(requirements=tuple(texts), notes=asked.notes)
