"""``pixi.lock`` decided: conda's packages by rattler for every platform, the index's on top by uv."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import structs

import samestack
from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.compare.releases import packages_digest
from samestack.lock.comment_table import with_comment_table
from samestack.lock.conda.channels import channels_of, secrets_of
from samestack.lock.conda.conda_solver import UnsolvedError
from samestack.lock.conda.day import day_of
from samestack.lock.conda.earlier import Earlier, earlier_choices
from samestack.lock.conda.host_needs import needs_of
from samestack.lock.conda.hosts import described, host_of
from samestack.lock.conda.library import check_rattler_is_here
from samestack.lock.conda.pixi_text import pixi_text
from samestack.lock.conda.platform_choice import PlatformQuestion, choose
from samestack.lock.conda.platform_stack import PlatformStack, components_of
from samestack.lock.conda.unmet import unmet
from samestack.lock.conda.wishes import Wishes, wishes_for_conda
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.host_needs import joined_needs
from samestack.lock.input_files import input_files
from samestack.lock.inputs import input_digests
from samestack.lock.lock_table import LockTable
from samestack.lock.table_text import table_of
from samestack.lock.terms import Terms, lock_path, terms_of
from samestack.model import Stack
from samestack.progress import Reporter
from samestack.project.manifest import Project
from samestack.project.wishes import wishes_of
from samestack.solve.answering import USUAL_CHANNEL
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.wish_files.asked import Asked


def decide(project: Project, options: LockOptions, reporter: Reporter) -> Decision:
    """The lock of a project that conda fills, for every platform; nothing is written.

    :class:`~samestack.lock.unmet.UnmetError` where the requirements exclude each other,
    :class:`~samestack.errors.OutsideError` where a channel or an index fails.
    """
    check_rattler_is_here()
    path = lock_path(project, options)
    terms = terms_of(project, options, table_of(path) if path.is_file() else LockTable())
    asked = wishes_of(project, terms.extras, terms.groups)
    wishes = wishes_for_conda(project, asked, terms, options.python or project.manifest.python)
    questions, notes = _questions(project, options, terms, wishes, channels_of(project, asked))
    dated = structs.replace(terms, as_of=_day(questions[0].as_of))
    stacks = tuple(_chosen(questions, dated, reporter))
    table = _table(project, asked, dated, stacks)
    return Decision(
        path=path,
        data=with_comment_table(pixi_text(stacks, questions[0].channels), table).encode(),
        table=table,
        notes=(*asked.notes, *wishes.notes, *notes),
    )


def _questions(
    project: Project, options: LockOptions, terms: Terms, wishes: Wishes, channels: tuple[str, ...]
) -> tuple[list[PlatformQuestion], tuple[str, ...]]:
    """One for each platform, and what was decided on the way without being asked for outright."""
    hosts = [host_of(platform, project.manifest.host) for platform in terms.platforms or (this_platform(),)]
    day, told = day_of(terms.as_of, wishes, channels, hosts[0])
    earlier = earlier_choices(terms.path, options, day)
    settings = index_settings(uv_program()) if wishes.has_index else None
    questions = [
        PlatformQuestion(
            wishes=wishes,
            channels=channels,
            target=host,
            directory=project.directory,
            as_of=day,
            earlier=earlier.get(host.platform, Earlier()),
            settings=settings,
            urls=terms.urls,
        )
        for host in hosts
    ]
    return questions, (*told, *map(described, hosts), *_channel_notes(channels))


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _chosen(
    questions: Sequence[PlatformQuestion], terms: Terms, reporter: Reporter
) -> Iterator[PlatformStack]:
    reporter.started("deciding", total=len(questions))
    try:
        for question in questions:
            yield _chosen_for(question, terms)
            reporter.advanced(question.target.platform)
    finally:
        reporter.finished()


def _chosen_for(question: PlatformQuestion, terms: Terms) -> PlatformStack:
    try:
        return choose(question)
    except UnsolvedError as error:
        raise unmet(error, question, terms) from None


def _table(project: Project, asked: Asked, terms: Terms, stacks: Sequence[PlatformStack]) -> LockTable:
    files = (*input_files(project), *map(Path, asked.digests))
    release = next((one.python for one in stacks if one.python), "")
    return LockTable(
        created_by=f"samestack {samestack.__version__}",
        python=_python(terms.python, release),
        platforms=terms.platforms,
        extras=terms.extras,
        groups=terms.groups,
        as_of=terms.as_of,
        urls=terms.urls,
        digest=packages_digest(Stack.of(components_of(stacks))),
        digests={one.target.platform: packages_digest(one.stack) for one in stacks},
        inputs=input_digests(files, terms.path.absolute().parent),
        host=joined_needs((project.manifest.host, *map(needs_of, stacks))),
        system_packages=project.manifest.system_packages,
    )


def _python(asked: str, release: str) -> str:
    """The Python that was asked for, else the series that conda's is of."""
    is_of_it = f"{release}.".startswith(f"{asked}.")
    return asked if is_of_it or not release else ".".join(release.split(".")[:2])


def _channel_notes(channels: Sequence[str]) -> Iterator[str]:
    if channels == (USUAL_CHANNEL,):
        yield f"no channel is named, so {USUAL_CHANNEL} is asked"
    for bare, _ in secrets_of(channels):
        yield f"what opens the channel {bare} is not kept in the lock"
