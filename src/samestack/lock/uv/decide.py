"""uv decides, and samestack adds what it knows: for which Python, and what a host must offer."""

import os.path
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import structs

from samestack.lock.decision import Decision, LockOptions
from samestack.lock.input_files import input_files
from samestack.lock.inputs import input_digests
from samestack.lock.lock_table import LockTable
from samestack.lock.table_text import table_of, with_pylock_table
from samestack.lock.terms import AUTO, Terms, lock_path, terms_of
from samestack.lock.uv.compiling import Compiled, compiled
from samestack.lock.uv.configuration import uv_settings
from samestack.lock.uv.described import described, unbuilt
from samestack.lock.uv.locked_text import LockedText, locked_text
from samestack.lock.uv.shared_text import shared_text
from samestack.lock.uv.sources import sources_of
from samestack.progress import Reporter
from samestack.project.manifest import Project


def decide(project: Project, options: LockOptions, reporter: Reporter) -> Decision:
    """The lock of a project; nothing is written.

    :class:`~samestack.lock.unmet.UnmetError` where the requirements cannot be met together,
    :class:`~samestack.errors.OutsideError` where uv or an index fails.
    """
    path = lock_path(project, options)
    terms = terms_of(project, options, table_of(path) if path.is_file() else LockTable())
    reporter.started(f"deciding {path.name}")
    dated = _dated(project, terms)
    sources = sources_of(project, dated)
    found = compiled(project, sources, dated, options)
    reporter.finished()
    locked = locked_text(found.text)
    table = described(locked.packages, project, dated, _inputs(project, found, locked, path))
    text = with_pylock_table(shared_text(locked, dated, found.directory), table)
    notes = (*dated.notes, *sources.notes, *unbuilt(locked.packages, dated), *_unshared(locked, dated))
    return Decision(path=path, data=text.encode(), table=table, notes=notes)


def _dated(project: Project, terms: Terms) -> Terms:
    """The terms with the day that the pins tell, where they are to."""
    if terms.as_of != AUTO:
        return terms
    from samestack.project.wishes import wishes_of
    from samestack.solve.as_of import day_of_pins
    from samestack.solve.index.index_metadata import IndexMetadata
    from samestack.solve.problem import Target
    from samestack.solve.uv.index_settings import index_settings
    from samestack.solve.uv.uv_program import uv_program

    wishes = wishes_of(project, terms.extras, terms.groups).wishes
    told = day_of_pins(wishes, IndexMetadata(index_settings(uv_program()), Target(python=terms.python)))
    day = told.day.isoformat() if isinstance(told.day, date) else ""
    note = f"as of {day or 'today'}: {told.reason}"
    return structs.replace(terms, as_of=day, notes=(*terms.notes, note))


def _inputs(project: Project, found: Compiled, locked: LockedText, path: Path) -> Mapping[str, str]:
    directories = [
        Path(os.path.normpath(found.directory / said))  # that directory is gone
        for one in locked.packages
        if one.is_odd
        for said in re.findall(r'^directory = .*path = "([^"]+)"', one.text, re.MULTILINE)
    ]
    settings = uv_settings(project.directory.resolve()).file
    files = [*input_files(project, directories), *([settings] if settings else [])]
    return input_digests(files, path.absolute().parent)


def _unshared(locked: LockedText, terms: Terms) -> Iterator[str]:
    """A note on files that lie on this machine, whose addresses would be of no use elsewhere."""
    names = [one.name for one in locked.packages if not one.is_odd and '"file:' in one.text]
    if names and terms.urls:
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        yield f"{shown}: on an index of this machine's, so the lock has names and hashes, and no addresses"
