"""The first documents of a project's profiles, and ``.env`` out of git."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import UNSET

from samestack.config.inference.inferring import Inferred

BASE: Final = "base"
PROFILES: Final = ("development", "production")
"""Those that are given a document to begin with."""
DOTENV: Final = ".env"
_ENDINGS: Final = (".toml", ".yaml", ".yml", ".json")
_IGNORED_BY: Final = frozenset({".env", "/.env", ".env*", "/.env*", "*.env", "**/.env"})
_HEADS: Final[Mapping[str, str]] = {
    BASE: "# What is the same in every profile that does not say otherwise. No secret stands here.\n",
    "development": "# On a developer's own machine. Secrets stand in .env, which git does not keep.\n",
    "production": "# What differs in production. Secrets stand in a store: samestack config sources.\n",
}


def missing_documents(directory: Path, stems: Iterable[str]) -> tuple[str, ...]:
    """Those of these names that no document in the directory has."""
    there = {
        path.stem for path in (directory.iterdir() if directory.is_dir() else ()) if path.suffix in _ENDINGS
    }
    return tuple(stem for stem in stems if stem not in there)


def base_document(variables: Iterable[Inferred]) -> str:
    """The defaults that the code has, of all that is no secret."""
    import tomli_w

    said = {one.name.lower(): one.default for one in variables if one.default is not UNSET}
    return _HEADS[BASE] + tomli_w.dumps(said)


def profile_document(profile: str, variables: Iterable[Inferred]) -> str:
    """A document to be filled in: what is required and has no default stands in comments."""
    open_ones = [one for one in variables if one.is_required and not one.is_secret and one.default is UNSET]
    return _HEADS[profile] + "".join(f"# {one.name.lower()} =  # {one.type}\n" for one in open_ones)


def ignoring(text: str) -> str:
    """A ``.gitignore`` that keeps ``.env`` out of git; as it is where it does so already."""
    if not _IGNORED_BY.isdisjoint(line.strip() for line in text.splitlines()):
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    whole = text if not text or text.endswith("\n") else f"{text}{ending}"
    return f"{whole}{DOTENV}{ending}"
