"""``poetry.lock``, decided by the real Poetry and completed by what samestack keeps of a lock."""

from datetime import UTC, datetime

from msgspec import structs

from samestack.capture.documents import read_text
from samestack.lock.comment_table import with_comment_table
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.lock_table import LockTable
from samestack.lock.poetry.as_of import check_can_go_back, day_told, note_of, settings_as_of
from samestack.lock.poetry.aside import as_in_project
from samestack.lock.poetry.described import described
from samestack.lock.poetry.locking import Locking, locking
from samestack.lock.poetry.poetry_program import poetry_program
from samestack.lock.poetry.selection import selection
from samestack.lock.table_text import table_of
from samestack.lock.terms import AUTO, Terms, lock_path, terms_of
from samestack.progress import Reporter
from samestack.project.manifest import Constraint, Project


def decide(project: Project, options: LockOptions, reporter: Reporter) -> Decision:
    """The lock that Poetry makes of a project; nothing is written.

    Poetry keeps what an earlier lock chose, unless it is told to upgrade it or to go to another day.
    :class:`~samestack.lock.unmet.UnmetError` where the requirements cannot be met together,
    :class:`~samestack.errors.OutsideError` where Poetry, an index or an interpreter fails.
    """
    path = lock_path(project, options)
    earlier = table_of(path) if path.is_file() else LockTable()
    asked = _asked(project, options, earlier)
    terms = _with_unasked_groups(asked, project)
    program = poetry_program(project.directory)
    reporter.started(f"lock with Poetry {program.version} ({program.source})")
    with locking(project, program, terms) as found:
        work, notes = _gone_back(found)
        is_anew = options.upgrade_all or (bool(terms.as_of) and terms.as_of != earlier.as_of)
        work.decide(options.upgrade, is_anew=is_anew)
        narrowed = work.narrow()
        table = described(work, project, asked)
        text = as_in_project(read_text(work.path), project.directory)
    reporter.finished()
    return Decision(
        path=path,
        data=with_comment_table(text, table).encode(),
        table=table,
        notes=(*terms.notes, *notes, *_notes(narrowed, options)),
    )


def _asked(project: Project, options: LockOptions, earlier: LockTable) -> Terms:
    """The terms, with the day that the pins tell."""
    terms = terms_of(project, options, earlier)
    if terms.as_of != AUTO:
        return terms
    told = day_told(project, terms)
    day = told.day.isoformat() if told.day is not None else ""
    return structs.replace(terms, as_of=day, notes=(*terms.notes, told.reason))


def _with_unasked_groups(terms: Terms, project: Project) -> Terms:
    chosen = selection(project, terms.extras, terms.groups)
    return structs.replace(terms, extras=chosen.extras, groups=chosen.groups)


def _gone_back(work: Locking) -> tuple[Locking, tuple[str, ...]]:
    """The same, as of the day of its terms, and what is to be said of it."""
    day, now = work.terms.as_of, datetime.now(UTC)
    settings = settings_as_of(day, now)
    if not settings:
        return work, ()
    check_can_go_back(work.call)
    call = structs.replace(work.call, settings=settings)
    return structs.replace(work, call=call), (note_of(day, now),)


def _notes(narrowed: tuple[Constraint, ...], options: LockOptions) -> tuple[str, ...]:
    kept = (
        f"'{one.requirement}' holds in this lock; Poetry itself knows no constraints, so that a plain "
        "'poetry update' may undo it"
        for one in narrowed
    )
    urls = "poetry.lock names the indexes of [[tool.poetry.source]], with urls or without"
    return (*kept, *((urls,) if options.urls is False else ()))
