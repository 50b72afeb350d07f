"""Where packages come from: what the user has told uv, or else what they have told pip.

Two callers need to know: uv does not read pip's configuration, and metadata are read from the same indexes
that uv solves on. Addresses may hold credentials: they reach uv by its environment, never a message or the
list of processes.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.process import run
from samestack.solve.uv.pip_settings import PipSettings, names_indexes, pip_settings, variables_of

_TELL: Final = (
    "--emit-index-url",
    "--emit-find-links",
    "--no-header",
    "--offline",
    "--no-python-downloads",
    # Without one, uv starts every interpreter on PATH to choose one, for nothing.
    "--python",
    sys.executable,
)


class IndexSettings(Struct, frozen=True, kw_only=True):
    """The indexes in the order in which they are looked at. Not to be shown: they may hold credentials."""

    indexes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Directories and pages of files, beside the indexes."""
    is_merged: bool = False
    """Whether all indexes are searched for a package, not only the first that has it."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What uv has to be told that it would not find itself."""


def index_settings(uv: Path) -> IndexSettings:
    """The settings of uv for this directory, or pip's where uv has none and pip has some."""
    own = _settings_of(uv)
    pip = pip_settings()
    if pip == PipSettings() or names_indexes(os.environ) or own != _settings_of(uv, "--no-config"):
        return own
    return _settings_of_pip(pip, own)


def _settings_of(uv: Path, *more: str) -> IndexSettings:
    """What uv would use, in its own words: it prints them above what it compiles."""
    with tempfile.TemporaryDirectory(prefix="samestack-solve-") as directory:
        empty = Path(directory, "nothing.in")
        empty.touch()
        output = run((uv, "pip", "compile", *_TELL, *more, empty)).output
    said = [line.partition(" ")[::2] for line in output.splitlines()]
    extra = tuple(value for option, value in said if option == "--extra-index-url")
    default = tuple(value for option, value in said if option == "--index-url")
    links = tuple(value for option, value in said if option == "--find-links")
    is_merged = os.environ.get("UV_INDEX_STRATEGY", "").startswith("unsafe")
    return IndexSettings(indexes=(*extra, *default), links=links, is_merged=is_merged)


def _settings_of_pip(pip: PipSettings, own: IndexSettings) -> IndexSettings:
    return IndexSettings(
        indexes=(*pip.extra_indexes, *((pip.index,) if pip.index else own.indexes)),
        links=pip.links,
        is_merged=bool(pip.extra_indexes),
        environment=variables_of(pip),
    )
