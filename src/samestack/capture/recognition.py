"""What a bare path is: recognised by its name where that is sure, else by its content."""

import json
import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from samestack.capture.documents import read_text
from samestack.codec import is_snapshot
from samestack.errors import InputError

SNAPSHOT: Final = "snapshot"

_NAMES: Final = {
    "pylock.toml": "pylock.toml",
    "pylock.*.toml": "pylock.toml",
    "uv.lock": "uv.lock",
    "poetry.lock": "poetry.lock",
    "pixi.lock": "pixi.lock",
    "conda-lock.y*ml": "conda-lock.yml",
    "*.conda-lock.y*ml": "conda-lock.yml",
    "Pipfile.lock": "Pipfile.lock",
    "pyproject.toml": "pyproject.toml",
}
_PROJECT_FILES: Final = (
    "pylock.toml",
    "uv.lock",
    "poetry.lock",
    "pixi.lock",
    "conda-lock.yml",
    "Pipfile.lock",
    "environment.yml",
    "environment.yaml",
    "pyproject.toml",
    "requirements.txt",
)
_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.-]*\s*($|[\[<>=!~;@#\\])|-[a-z-]|\.{0,2}/|[a-z+]+://")
HINT: Final = (
    "name a requirements file, a lock, an environment.yml, an SBOM or a snapshot, or write KIND:LOCATOR"
)


def project_files(directory: Path) -> tuple[Path, ...]:
    """The files of a project that declare an environment, the most decided one first."""
    return tuple(directory / name for name in _PROJECT_FILES if (directory / name).is_file())


def file_kind(path: Path) -> str:
    """The format of a file; :class:`InputError` when it is none that is known."""
    for pattern, kind in _NAMES.items():
        if fnmatchcase(path.name, pattern):
            return kind
    _refuse_other_locks(path)
    text = read_text(path)
    kind_or_none = _kind_of_content(text, path)
    if kind_or_none is None:
        raise InputError(str(path), "not a kind of file that is known", hint=HINT)
    return kind_or_none


def _refuse_other_locks(path: Path) -> None:
    """Locks of tools that write a standard one too, if they are asked to."""
    if path.name == "pdm.lock":
        raise InputError(str(path), "PDM's own lock is not read", hint="pdm export -f pylock -o pylock.toml")


def _kind_of_content(text: str, path: Path) -> str | None:
    start = text.lstrip()[:1]
    if start == "{" or (start == "[" and path.suffix in {".json", ""}):
        return _kind_of_json(text, path)
    if path.suffix in {".toml", ".lock"}:
        return _kind_of_toml(text, path)
    if path.suffix in {".yml", ".yaml"}:
        return _kind_of_yaml(text)
    return _kind_of_lines(text)


def _kind_of_json(text: str, path: Path) -> str | None:
    try:
        document = json.loads(text)
    except RecursionError:
        raise InputError(str(path), "nested too deeply") from None
    except ValueError as error:
        raise InputError(str(path), f"not JSON: {error}") from None
    if isinstance(document, list):
        return _kind_of_list(document)
    return _kind_of_keys(document) if isinstance(document, dict) else None


def _kind_of_list(document: list[Any]) -> str | None:
    first = document[0] if document else {}
    if not isinstance(first, dict):
        return None
    return "conda-explicit" if "dist_name" in first else "pip-list"


def _kind_of_keys(document: Mapping[str, Any]) -> str | None:
    if is_snapshot(document):
        return SNAPSHOT
    tells = {
        "bomFormat": "cyclonedx",
        "spdxVersion": "spdx",
        "@graph": "spdx",
        "pip_version": "pip-inspect",
        "_meta": "Pipfile.lock",
    }
    return next((kind for key, kind in tells.items() if key in document), None)


def _kind_of_toml(text: str, path: Path) -> str | None:
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(str(path), f"not TOML: {error}") from None
    if "lock-version" in document:
        return "pylock.toml"
    if "package" in document:
        return "poetry.lock" if "content-hash" in document.get("metadata", {}) else "uv.lock"
    return "pyproject.toml" if {"project", "tool", "dependency-groups"} & document.keys() else None


def _kind_of_yaml(text: str) -> str | None:
    keys = set(re.findall(r"^([a-z_-]+):", text, re.MULTILINE))
    if {"environments", "packages"} <= keys:
        return "pixi.lock"
    if {"metadata", "package"} <= keys:
        return "conda-lock.yml"
    return "environment.yml" if keys & {"dependencies", "channels"} else None


def _kind_of_lines(text: str) -> str | None:
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    if "@EXPLICIT" in said[:1] or any(line.startswith("# platform:") for line in lines[:5]):
        return "conda-explicit"
    return "requirements.txt" if all(_REQUIREMENT.match(line) for line in said[:20]) else None
