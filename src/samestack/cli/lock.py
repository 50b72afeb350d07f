"""``samestack lock``: decide the stack: every version and hash, and what the host must offer."""

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.cli.output import deliver
from samestack.errors import RequestError, SamestackError
from samestack.lock.currency import stale_reasons
from samestack.lock.deciding import decide, write
from samestack.lock.decision import LockOptions
from samestack.lock.lock_table import LockTable
from samestack.lock.outcome import Outcome, State
from samestack.lock.table_text import table_of
from samestack.lock.terms import lock_path
from samestack.lock.unmet import UnmetError
from samestack.project.manifest import Project
from samestack.project.reading import read_project

if TYPE_CHECKING:
    from samestack.verify.verification import Verification

EXAMPLES = """\
  samestack lock                            decide for the project in this directory
  samestack lock --upgrade numpy            let numpy move; all else stays as it is locked
  samestack lock --as-of 2022-03-01         as the index was on that day; auto: when the pins were new
  samestack lock --verify                   build it, import everything, and mend what breaks
  samestack lock --check                    is the lock what the project asks for? for continuous integration
  samestack lock --export requirements -o requirements.lock.txt
"""
FORMATS = ("table", "json")
_PAGE_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="the project; by default this directory")
    add("--upgrade", action="append", default=[], metavar="NAME", help="let this package move; repeatable")
    add("--upgrade-all", action="store_true", help="let every package move")
    _add_terms(parser)
    add("--check", action="store_true", help="only say whether the lock is current; 1 when it is not")
    add("--verify", action="store_true", help="build the stack, import it, and mend what breaks")
    add("--dry-run", action="store_true", help="say what would change, and write nothing")
    add(
        "--export",
        metavar="FORMAT",
        help="write the lock in another form: requirements, environment.yml, ...",
    )
    add("-o", "--output", metavar="FILE", help="with --export: write to FILE instead of printing")
    add("--format", choices=FORMATS, default="table", help="table by default")


def _add_terms(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--python", default="", metavar="V", help="the Python to decide for: 3.11")
    add("--platform", action="append", default=[], metavar="P", help="linux-64, osx-arm64, ...; repeatable")
    add("--extra", action="append", default=[], metavar="X", help="with an extra of the pyproject.toml")
    add("--group", action="append", default=[], metavar="G", help="with a dependency group of it")
    add("--as-of", default="", metavar="DATE", help="as the index was on a day; auto: when the pins were new")
    urls = parser.add_mutually_exclusive_group()
    urls.add_argument("--urls", action="store_true", default=None, help="keep the addresses of files")
    urls.add_argument(
        "--no-urls", action="store_false", dest="urls", help="keep only the names and hashes of files"
    )


def run(arguments: argparse.Namespace) -> int:
    """Decide, write and say what changed; 0 when there is a current lock."""
    _check_makes_sense(arguments)
    project, options = read_project(Path(arguments.directory)), _options(arguments)
    current = _current_table(project, options)
    if arguments.check and current is None:
        return _stale(project, options, arguments)
    if current is not None and (current.verified or not arguments.verify):
        outcome = Outcome(path=lock_path(project, options), state=State.CURRENT, table=current)
        _deliver(outcome, arguments)
        return 0
    try:
        return (_verified if arguments.verify else _locked)(project, options, arguments)
    except UnmetError as error:
        return _unmet(project, error, arguments)


def _check_makes_sense(arguments: argparse.Namespace) -> None:
    if arguments.output and not arguments.export:
        raise RequestError("-o names where an export goes, and none is asked for", hint="add --export FORMAT")
    for changing in ("upgrade", "upgrade_all", "verify", "dry_run", "export"):
        if arguments.check and getattr(arguments, changing):
            raise RequestError(f"--check decides nothing, so --{changing.replace('_', '-')} has no place")
    if arguments.export:
        _check_is_format(arguments.export)
    if arguments.dry_run and arguments.export:
        raise RequestError("--dry-run writes no lock that could be exported", hint="leave one of the two out")


def _check_is_format(name: str) -> None:
    from samestack.lock.exports.entry import FORMATS as EXPORTS

    if name not in EXPORTS:
        raise RequestError(f"there is no export '{name}'", hint=f"name one of {', '.join(EXPORTS)}")


def _options(arguments: argparse.Namespace) -> LockOptions:
    return LockOptions(
        upgrade=tuple(arguments.upgrade),
        upgrade_all=arguments.upgrade_all,
        python=arguments.python,
        platforms=tuple(arguments.platform),
        extras=tuple(arguments.extra),
        groups=tuple(arguments.group),
        as_of=arguments.as_of,
        urls=arguments.urls,
    )


def _current_table(project: Project, options: LockOptions) -> LockTable | None:
    """The table of the lock that there is, where no solver has to be asked."""
    path = lock_path(project, options)
    if options.upgrade or options.upgrade_all or not path.is_file():
        return None
    table = table_of(path)
    return None if stale_reasons(project, table, options, path) else table


def _stale(project: Project, options: LockOptions, arguments: argparse.Namespace) -> int:
    """Why the lock is not current; one that another tool wrote is, where it has all that is asked for."""
    from samestack.lock.currency import currency
    from samestack.lock.reading import find_lock, read_lock

    found = find_lock(project)
    if found is None:
        raise RequestError("there is no lock that could be checked", hint="samestack lock makes one")
    lock = read_lock(found)
    judged = currency(project, lock, options)
    state = State.CURRENT if judged.is_current else State.STALE
    outcome = Outcome(path=found, state=state, table=lock.table, reasons=judged.reasons)
    _deliver(outcome, arguments)
    return 0 if judged.is_current else 1


def _locked(project: Project, options: LockOptions, arguments: argparse.Namespace) -> int:
    from samestack.lock.comparing import outcome_of

    decision = decide(project, options, DeferredReporter())
    outcome = outcome_of(decision, is_written=not arguments.dry_run)
    if not arguments.dry_run:
        write(decision)
    _deliver(outcome, arguments)
    return 0


def _verified(project: Project, options: LockOptions, arguments: argparse.Namespace) -> int:
    """The same, of what was built and imported; what does not hold is not written."""
    from samestack.cli.verified_lock import mended, verified
    from samestack.lock.comparing import outcome_of

    verification, is_json = verified(project, options), arguments.format == "json"
    decision = mended(project, verification, is_dry=arguments.dry_run, is_told=not is_json)
    is_written = decision is not None and not arguments.dry_run
    outcome = outcome_of(decision or verification.decision, is_written=is_written)
    if decision is not None and is_written:
        write(decision)
    if decision is not None or is_json:
        _deliver(structs.replace(outcome, notes=()), arguments, verification)
    return 0 if decision is not None else 1


def _unmet(project: Project, error: UnmetError, arguments: argparse.Namespace) -> int:
    """No lock: the explanation instead, as ``samestack explain`` gives it."""
    from samestack.lock.explaining import explained
    from samestack.render.explanation.explanation_text import Told

    explanation, notes = explained(project, error, DeferredReporter())
    if explanation.is_met:  # on each platform by itself, and not on all of them together
        raise SamestackError(f"{error.message}: {error.said}") from None
    command = shlex.join(["samestack", "explain", *(str(project.directory / one) for one in project.wishes)])
    told = Told(explanation=explanation, notes=notes, command=command)
    if arguments.format == "json":
        from samestack.render.explanation.explanation_json import encode_explanation

        deliver(encode_explanation(told), None)
    else:
        from samestack.render.explanation.explanation_tree import print_explanation

        deliver(lambda console: print_explanation(told, console), None)
    return 1


def _deliver(
    outcome: Outcome, arguments: argparse.Namespace, verification: "Verification | None" = None
) -> None:
    """What came of it, and the export, which takes standard output for itself where no file is named."""
    is_export_shown = bool(arguments.export) and not arguments.output
    if arguments.format == "json" and not is_export_shown:
        from samestack.render.lock.lock_json import encode_lock

        deliver(encode_lock(outcome, verification), None)
    else:
        from samestack.render.lock.lock_text import lock_text

        stream = sys.stderr if is_export_shown else sys.stdout
        is_terminal = stream.isatty()
        width = os.get_terminal_size(stream.fileno()).columns if is_terminal else _page_width()
        styles = is_terminal and not os.environ.get("NO_COLOR")
        stream.write(lock_text(outcome, width=width, has_styles=styles))
    if arguments.export:
        from samestack.lock.exports.entry import exported
        from samestack.lock.reading import read_lock

        deliver(exported(read_lock(outcome.path), arguments.export), arguments.output)


def _page_width() -> int:
    stated = os.environ.get("COLUMNS", "")
    return int(stated) if stated.isdigit() else _PAGE_WIDTH
