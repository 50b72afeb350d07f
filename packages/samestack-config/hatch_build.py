# noqa: INP001 - hatchling loads it by its path
"""The files of this distribution: those of the tool that programs need, taken from the tool's own sources.

A source distribution has a copy of them, from which a wheel is built just the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = next(place for place in (ROOT / "src", ROOT.parent.parent / "src") if place.is_dir())
VERSION = "samestack/__init__.py"
FILES = ("samestack/config/__init__.py", "samestack/config/startup", "samestack/runtime")
MARKER = "samestack/py.typed"
LICENSE = "LICENSE"


def version() -> str:
    """The version of the tool, of which this is a part."""
    text = (SOURCES / VERSION).read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no version in {SOURCES / VERSION}")
    return found[1]


class OwnFiles(BuildHookInterface):  # type: ignore[type-arg, unused-ignore]
    """Puts the files where each kind of distribution has them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Name them all; ``samestack`` itself stays a namespace, without a file of its own."""
        included: dict[str, str] = build_data["force_include"]
        if self.target_name == "wheel":
            included.update({str(SOURCES / file): file for file in FILES})
            included[str(SOURCES / MARKER)] = "samestack/config/py.typed"
        else:
            included.update({str(SOURCES / file): f"src/{file}" for file in (*FILES, VERSION, MARKER)})
            included.pop(str(ROOT / LICENSE), None)  # a link, which would lead nowhere
            included[str((ROOT / LICENSE).resolve())] = LICENSE
