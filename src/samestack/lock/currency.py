"""Whether a lock is still the one that its project would get: told without asking a solver.

A lock knows the digests of what it was decided from, and on which terms. Where these are the same it is
current. Where they are not, what it decides may still be all that is asked for; only a solver could say
whether it would decide the same again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from samestack.errors import InputError
from samestack.lock.decision import Lock, LockOptions
from samestack.lock.inputs import input_digest
from samestack.lock.lock_table import LockTable
from samestack.lock.terms import AUTO, Terms, terms_of
from samestack.project.manifest import Project


class Currency(Struct, frozen=True, kw_only=True):
    """Whether a lock is current, and what speaks against it."""

    is_current: bool
    reasons: tuple[str, ...] = ()
    """A sentence for each thing that differs or is not met."""
    meets_wishes: bool = True
    """Whether what it decides is all that is asked for now, however it was decided."""


def currency(project: Project, lock: Lock, options: LockOptions) -> Currency:
    """Whether a lock is current; what another tool wrote is, as long as it has all that is asked for."""
    stale = stale_reasons(project, lock.table, options, lock.path) if lock.table.inputs else ()
    if lock.table.inputs and not stale:
        return Currency(is_current=True)
    from samestack.lock.wish_verdicts import unmet_wishes  # reading what is asked for takes its time

    unmet = tuple(unmet_wishes(project, lock, terms_of(project, options, lock.table)))
    return Currency(is_current=not stale and not unmet, reasons=(*stale, *unmet), meets_wishes=not unmet)


def stale_reasons(project: Project, table: LockTable, options: LockOptions, path: Path) -> tuple[str, ...]:
    """A sentence for each thing that is not as it was when the lock at ``path`` was decided.

    ``table`` is the lock's. Nothing of the lock but the table is looked at.
    """
    if not table.inputs:
        return (f"{path.name} does not tell what it was decided from",)
    terms = terms_of(project, options, table)
    return (*_other_terms(terms, table), *_other_files(project, table, path.absolute().parent))


def _other_terms(terms: Terms, table: LockTable) -> Iterator[str]:
    pairs = (
        ("Python", terms.python, table.python),
        ("the platforms", _listed(terms.platforms), _listed(table.platforms)),
        ("the extras", _listed(terms.extras), _listed(table.extras)),
        ("the groups", _listed(terms.groups), _listed(table.groups)),
        ("the day", table.as_of if terms.as_of == AUTO else terms.as_of, table.as_of),
        ("keeping addresses", _said(terms.urls), _said(table.urls)),
    )
    for what, wanted, has in pairs:
        if wanted != has:
            yield f"{what}: {wanted or 'none'} is wanted, and the lock has {has or 'none'}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _said(answer: bool) -> str:  # noqa: FBT001 - a yes or no in words
    return "yes" if answer else "no"


def _other_files(project: Project, table: LockTable, directory: Path) -> Iterator[str]:
    for name, digest in table.inputs.items():
        found = _digest(directory / name)
        if found != digest:
            yield f"{name} {'is gone' if not (directory / name).exists() else 'has changed'} since"
    known = {(directory / name).resolve() for name in table.inputs}
    for name in project.wishes:
        if (project.directory / name).resolve() not in known:
            yield f"{name} asks for packages now"


def _digest(file: Path) -> str:
    try:
        return input_digest(file)
    except InputError:  # whoever reads it in earnest says what is wrong with it
        return ""
