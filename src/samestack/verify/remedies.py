"""What a finding advises, as requirements that can be tried one after the other, the widest first."""

import shlex
from collections.abc import Iterator
from typing import Final

from packaging.specifiers import SpecifierSet

from samestack.check.finding import Finding
from samestack.check.rules.known.known_break import RULE
from samestack.knowledge.breaks import Break, breaks
from samestack.verify.search.constraint_text import is_constraint

_INSTALL: Final = ("pip", "install")
_OPPOSITE: Final = {">=": "<", ">": "<="}

Remedy = tuple[str, ...]


def remedies_of(finding: Finding) -> tuple[Remedy, ...]:
    """Every remedy that consists of constraints; those of one remedy are needed together."""
    rows = _rows(finding)
    told = [remedy for row in rows for remedy in _of_row(row)] if rows else [_of_command(finding.command)]
    return tuple(dict.fromkeys(one for one in told if one and all(map(is_constraint, one))))


def row_of(finding: Finding) -> str:
    """The ids of the rows of the table of known breaks that a finding was made from."""
    return " ".join(row.id for row in _rows(finding))


def _rows(finding: Finding) -> list[Break]:
    if finding.rule != RULE.id:
        return []
    said = "(row %s)"
    return [row for row in breaks(finding.subject) if any(said % row.id in line for line in finding.evidence)]


def _of_row(row: Break) -> Iterator[Remedy]:
    """What the row says does not break is wider than what it advises, so it is tried before."""
    if len(row.beside) == 1 and not row.needs:
        yield from (_below(name, versions) for name, versions in row.beside.items())
    yield from (tuple(remedy.split()) for remedy in row.remedies)


def _below(name: str, versions: str) -> Remedy:
    bounds = list(SpecifierSet(versions))
    if len(bounds) != 1 or bounds[0].operator not in _OPPOSITE:
        return ()
    return (f"{name}{_OPPOSITE[bounds[0].operator]}{bounds[0].version}",)


def _of_command(command: str) -> Remedy:
    try:
        words = tuple(shlex.split(command))
    except ValueError:
        return ()
    return words[2:] if words[:2] == _INSTALL else ()
