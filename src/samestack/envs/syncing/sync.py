"""An environment is made what its lock says, in one step for whoever uses it."""

import time
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from samestack.envs.installers import installer_for
from samestack.envs.managing.registry import Registered, record
from samestack.envs.syncing.host import is_without_driver, missing_system_packages, unmet_needs
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.stamping import note
from samestack.envs.syncing.survey import Survey, place_of, survey
from samestack.envs.transaction import journal, leftovers, transaction
from samestack.envs.transaction.exclusion import alone_in
from samestack.envs.transaction.interruption import ending_like_interrupts
from samestack.envs.transaction.orphans import end_orphans, marked
from samestack.envs.work import Work
from samestack.errors import OutsideError, RequestError
from samestack.lock.currency import currency
from samestack.lock.decision import LockOptions
from samestack.progress import Reporter
from samestack.project.manifest import Project
from samestack.sha256 import sha256_hex


class Synced(Struct, frozen=True, kw_only=True):
    """A sync that went well: what was found, which is what was changed, and what to know beside it."""

    survey: Survey
    warnings: tuple[str, ...] = ()
    """What is odd and did not stop it, in a sentence each."""


def sync(project: Project, options: SyncOptions, reporter: Reporter) -> Synced:
    """Make the environment of a project what its lock says; nothing happens where it is that already.

    :class:`RequestError` for what :func:`survey` refuses and for a host that does not offer what the lock
    needs; :class:`OutsideError` for an installation that failed. The environment is then what it was.
    """
    started, place = time.time_ns(), place_of(project, options)
    _make_directory(place.parent)
    with ending_like_interrupts(), alone_in(place.parent):
        _tidy(place)
        found = survey(project, options)
        warnings = warnings_of(found, options)
        if not found.plan.is_empty:
            with marked(place):
                _apply(found, options, reporter)
        note(found, started, is_plain=not warnings and _is_plain(options))
        _register(found)
    return Synced(survey=found, warnings=warnings)


def warnings_of(found: Survey, options: SyncOptions) -> tuple[str, ...]:
    """What to know before a sync, in a sentence each; :class:`RequestError` for what should stop it."""
    _check_host(found, options)
    return (*_behind(found, options), *_host_warnings(found))


def _tidy(place: Path) -> None:
    """End and clean up what an interrupted sync has left: whoever made it is dead, since the lock is ours."""
    if leftovers.are_there(place) or journal.is_open(place) or not (place / journal.DIRECTORY).exists():
        end_orphans(place)
    leftovers.clean(place)


def _apply(found: Survey, options: SyncOptions, reporter: Reporter) -> None:
    work = Work(
        project=found.project,
        lock=found.lock,
        locked=found.locked,
        changes=found.plan.changes,
        interpreter=found.interpreter,
        with_project=options.with_project,
        has_project=not (found.plan.anew or found.plan.project),
        reinstall=options.reinstall,
    )
    apply = transaction.make if found.plan.anew else transaction.change
    apply(found.place, installer_for(work), reporter)


def _is_plain(options: SyncOptions) -> bool:
    """Whether a sync without any options would do the same."""
    return replace(options, reinstall=False, must_be_current=False, ignore_host=False) == SyncOptions()


def _check_host(found: Survey, options: SyncOptions) -> None:
    unmet = () if options.ignore_host else unmet_needs(found.lock.table.host)
    if unmet:
        raise RequestError(
            f"{found.lock.path}: {'; '.join(unmet)}",
            hint="lock for this host, or make the environment all the same with --ignore-host",
        )


def _behind(found: Survey, options: SyncOptions) -> tuple[str, ...]:
    state = currency(found.project, found.lock, LockOptions())
    if state.is_current:
        return ()
    said = f"{found.lock.path} is behind the project: {'; '.join(state.reasons)}"
    if options.must_be_current:
        raise RequestError(said, hint="decide it anew with: samestack lock")
    return (f"{said}; decide it anew with: samestack lock",)


def _host_warnings(found: Survey) -> tuple[str, ...]:
    table = found.lock.table
    warnings = []
    if is_without_driver(table.host):
        warnings.append("this host has no NVIDIA driver: what the lock has for GPUs runs on the processor")
    missing = missing_system_packages(table.system_packages or found.project.manifest.system_packages)
    if missing:
        names = " ".join(missing)
        warnings.append(f"the system lacks {', '.join(missing)}: sudo apt-get install {names}")
    return tuple(warnings)


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be made: {error.strerror}") from None


def _register(found: Survey) -> None:
    lock = found.lock.path
    record(
        Registered(
            environment=str(found.place),
            backend=found.backend,
            python=found.python,
            project=str(found.project.directory.resolve()),
            lock=str(lock.resolve()),
            lock_digest=f"sha256:{sha256_hex(lock.read_bytes())}",
        )
    )
