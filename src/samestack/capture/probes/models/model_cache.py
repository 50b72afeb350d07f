"""Models in the cache that Hugging Face's libraries share: which revisions are there, by name and commit."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer

# The patterns are texts: they are compiled only where there is a cache.
_REPOSITORY: Final = r"(?a)models--([\w.-]{1,200})"
_COMMIT: Final = r"[0-9a-f]{40}"
_REFERENCE: Final = r"(?a)[\w./-]{1,200}"
_COMMIT_CHARACTERS: Final = 40
_MAX_DEPTH: Final = 3
_MAX_ENTRIES: Final = 10_000
_DEFAULT_BRANCH: Final = "main"


def cache_directory(environment: Mapping[str, str]) -> str:
    """Where the cache is by the rules of ``huggingface_hub``; empty where there is no home directory."""
    caches = environment.get("XDG_CACHE_HOME") or "~/.cache"
    home = environment.get("HF_HOME") or f"{caches}/huggingface"
    hub = environment.get("HF_HUB_CACHE") or environment.get("HUGGINGFACE_HUB_CACHE") or f"{home}/hub"
    directory = _expanded(hub, environment)
    return directory if directory.startswith("/") else ""


def read_model_cache(tree: Tree, directory: str) -> Observation:
    """A component of layer models for each revision of each model that is there; no content is read.

    The only revision of a model, or the one that ``main`` names, has no ``at``. Further ones are told apart
    by their branch or tag, or by the commit itself where a program asked for that.
    """
    repositories = [
        (match[1].replace("--", "/"), entry.path)
        for entry in tree.entries(directory)[:_MAX_ENTRIES]
        if entry.is_directory and (match := re.fullmatch(_REPOSITORY, entry.name))
    ]
    return Observation(
        tuple(component for name, path in repositories for component in _revisions(tree, name, path))
    )


def _expanded(path: str, environment: Mapping[str, str]) -> str:
    home = environment.get("HOME")
    return home + path[1:] if home and path.startswith("~/") else path


def _revisions(tree: Tree, name: str, path: str) -> Iterator[Component]:
    references: dict[str, list[str]] = {}
    for reference, commit in _references(tree, f"{path}/refs", _MAX_DEPTH):
        references.setdefault(commit, []).append(reference)
    commits = [
        entry.name
        for entry in tree.entries(f"{path}/snapshots")[:_MAX_ENTRIES]
        if entry.is_directory and not entry.is_link and re.fullmatch(_COMMIT, entry.name)
    ]
    for commit in commits:
        names = references.get(commit, [])
        is_plain = len(commits) == 1 or _DEFAULT_BRANCH in names
        yield _component(name, commit, names, at="" if is_plain else (names or [commit])[0])


def _references(tree: Tree, directory: str, depth: int, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Branches, tags and pull requests (``refs/pr/1``) with the commit that each named when last asked."""
    for entry in tree.entries(directory)[:_MAX_ENTRIES]:
        name = f"{prefix}{entry.name}"
        if entry.is_link or not re.fullmatch(_REFERENCE, name):
            continue
        if entry.is_directory and depth > 1:
            yield from _references(tree, entry.path, depth - 1, f"{name}/")
        elif entry.is_file:
            yield name, _first_characters(tree, entry.path)


def _first_characters(tree: Tree, path: str) -> str:
    with tree.open(path) as file:
        return file.read(_COMMIT_CHARACTERS).decode("ascii", "replace")


def _component(name: str, commit: str, references: list[str], *, at: str) -> Component:
    return Component(
        layer=Layer.MODELS,
        ecosystem=Ecosystem.HUGGING_FACE,
        name=name,
        at=at,
        version=commit,
        circumstances={"references": tuple(references)} if references else {},
    )
