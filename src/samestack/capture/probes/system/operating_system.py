"""Which distribution this is: its os-release file."""

import re
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer, Remark, Value

_FILES: Final = ("/etc/os-release", "/usr/lib/os-release")
_MAX_BYTES: Final = 64 * 1024
_ASSIGNMENT = re.compile(r"^[ \t]*([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\"'$`\\])")


def read_operating_system(tree: Tree) -> Observation:
    """The distribution as a component of layer os; a remark where the root does not say which it is.

    The format is that of os-release(5): shell assignments, with quotes or without.
    """
    path = next((file for file in _FILES if tree.is_file(file)), None)
    if path is None:
        return Observation(remarks=(_of_missing(tree),))
    text = tree.read(path, limit=_MAX_BYTES).decode("utf-8", "replace")
    fields = {name: _unquoted(value) for name, value in _ASSIGNMENT.findall(text)}
    return Observation((_component(fields),))


def _component(fields: dict[str, str]) -> Component:
    facts: dict[str, Value] = {}
    if codename := fields.get("VERSION_CODENAME"):
        facts["codename"] = codename
    if relatives := fields.get("ID_LIKE"):
        facts["like"] = tuple(relatives.split())
    return Component(
        layer=Layer.OS,
        ecosystem=Ecosystem.GENERIC,
        name=fields.get("ID") or "linux",
        version=fields.get("VERSION_ID") or None,
        facts=facts,
        circumstances={"full_name": fields["PRETTY_NAME"]} if fields.get("PRETTY_NAME") else {},
    )


def _unquoted(value: str) -> str:
    word = value.strip()
    if len(word) >= 2 and word[0] == word[-1] == "'":
        return shown_text(word[1:-1])
    if len(word) >= 2 and word[0] == word[-1] == '"':
        word = word[1:-1]
    return shown_text(_ESCAPE.sub(r"\1", word))


def _of_missing(tree: Tree) -> Remark:
    return Remark(
        code="distribution-unknown",
        layer=Layer.OS,
        subject="os-release",
        message="no os-release file names the distribution; an image made from scratch has none",
        place=tree.shown(_FILES[0]),
    )
