"""pyvenv.cfg: what makes a directory a virtual environment, and which Python it belongs to.

The format is that of PEP 405: ``key = value`` lines. venv, virtualenv and uv add keys of their own.
"""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.remarks import shown_path
from samestack.capture.tree import Tree

FILE_NAME: Final = "pyvenv.cfg"

_MAX_BYTES: Final = 64 * 1024
_VERSION = re.compile(r"(?P<numbers>\d{1,2}(?:\.\d{1,3}){1,2})(?P<suffix>(?:a|b|rc)\d{1,3})?\+?")
_VERSION_INFO = re.compile(r"(\d{1,2}\.\d{1,3}\.\d{1,3})\.(alpha|beta|candidate|final)\.(\d{1,3})")
_STAGES: Final = {"alpha": "a", "beta": "b", "candidate": "rc"}
_TOOL_VERSION = re.compile(r"[\w.+-]{1,32}", re.ASCII)
_TOOLS: Final = ("uv", "virtualenv")


class VenvConfiguration(Struct, frozen=True, kw_only=True):
    """What pyvenv.cfg says; empty for what it does not say or what makes no sense."""

    home: str = ""
    """The directory of the interpreter that the environment was made with."""
    executable: str = ""
    """That interpreter, where it is named."""
    version: str = ""
    """Of that interpreter, as it was then: ``3.11.7``, at times only ``3.11``."""
    created_by: str = ""
    """The tool that made it, where it names itself: ``uv 0.9.2``."""
    uses_base_packages: bool = False
    """Whether the base interpreter's site directories count too."""
    problem: str = ""
    """Why the file could not be read, or what is missing in it."""


def read_venv_configuration(tree: Tree, prefix: str) -> VenvConfiguration:
    """The configuration of the virtual environment at a path inside the tree."""
    file = read_optional(tree, f"{prefix}/{FILE_NAME}", limit=_MAX_BYTES)
    if file.content is None:
        return VenvConfiguration(problem=file.problem or "it is missing")
    return venv_configuration(file.content)


def venv_configuration(content: bytes) -> VenvConfiguration:
    """What the content of pyvenv.cfg says. Of a repeated key the last line counts, as in Python."""
    lines = (line.partition("=") for line in content.decode("utf-8", "replace").splitlines())
    fields = {key.strip().lower(): value.strip() for key, separator, value in lines if separator}
    home = _path(fields.get("home", ""))
    return VenvConfiguration(
        home=home,
        executable=_path(fields.get("base-executable") or fields.get("executable", "")),
        version=_version(fields.get("version_info") or fields.get("version", "")),
        created_by=_tool(fields),
        uses_base_packages=fields.get("include-system-site-packages", "").lower() == "true",
        problem="" if home else "it names no home",
    )


def _tool(fields: Mapping[str, str]) -> str:
    """Uv and virtualenv write their version under their name."""
    named = (f"{tool} {fields[tool]}" for tool in _TOOLS if _TOOL_VERSION.fullmatch(fields.get(tool, "")))
    return next(named, "")


def _path(text: str) -> str:
    """The path as it stands; empty where no path can be meant."""
    return text if text.startswith("/") and text == shown_path(text) else ""


def _version(text: str) -> str:
    """``3.11.7`` and ``3.13.0rc1``, of these and of ``3.13.0.candidate.1``."""
    stated = _VERSION_INFO.fullmatch(text)
    if stated is not None:
        return stated[1] if stated[2] == "final" else f"{stated[1]}{_STAGES[stated[2]]}{stated[3]}"
    return text if _VERSION.fullmatch(text) else ""
