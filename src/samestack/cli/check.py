"""``samestack check``: does it hold together, and with its host?"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, structs

from samestack.capture.entry import capture, default_reference
from samestack.capture.options import Options
from samestack.check.catalogue import rules
from samestack.check.own_machine import host_of
from samestack.check.own_rules import OWN_RULES
from samestack.check.project import environment_in, model_files_of, project_of, started_in
from samestack.check.project_modules import project_modules
from samestack.check.report import FailOn, Report, examined
from samestack.check.rule import Rule
from samestack.check.settings import Settings, read_settings
from samestack.check.subject import Subject
from samestack.cli.deferred_reporter import DeferredReporter
from samestack.cli.output import deliver
from samestack.errors import RequestError
from samestack.model import Reference

EXAMPLES = """\
  samestack check                                   the environment that is active here
  samestack check venv:.venv --imports              import everything in it, too
  samestack check requirements.txt uv.lock          what files declare, for this machine
  samestack check venv:.venv --host server.json     would it run on the server?
  samestack check rootfs:/mnt/image --format json
  samestack check --fail-on warning -o check.sarif  for a code review
  samestack check --list-rules
"""
FORMATS = ("table", "json", "sarif", "markdown")
_SUFFIXES = {".json": "json", ".sarif": "sarif", ".md": "markdown"}
_PAGE_WIDTH = 100
_SECONDS = 60.0


class Examination(Struct, frozen=True):
    """One reference, examined: the report, and the project whose settings hold for it."""

    reference: Reference
    project: str
    report: Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "references",
        nargs="*",
        metavar="REFERENCE",
        help="environments, or a project with one; by default the activated one, ./.venv, or this machine",
    )
    parser.add_argument("--host", metavar="REFERENCE", help="what they are to run on")
    parser.add_argument("--files", action="store_true", help="hold every installed file against its hash")
    parser.add_argument(
        "--imports", action="store_true", help="import every module, each in a process of its own"
    )
    parser.add_argument(
        "--imports-timeout",
        type=_seconds,
        default=_SECONDS,
        metavar="SECONDS",
        help="how long one import may take (60)",
    )
    parser.add_argument("--project", metavar="DIR", help="the project whose settings hold")
    parser.add_argument("--rule", action="append", metavar="ID", help="ask this rule only; may be repeated")
    parser.add_argument("--list-rules", action="store_true", help="list the rules, and check nothing")
    parser.add_argument("--fail-on", choices=tuple(FailOn), help="what ends with status 1 (error)")
    parser.add_argument("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead")
    parser.add_argument("--full", action="store_true", help="tell all of every finding in the table")


def run(arguments: argparse.Namespace) -> int:
    """Examine all, leave out what is suppressed, deliver; 0 when none has what it fails on."""
    asked = _asked_rules(arguments.rule)
    if arguments.list_rules:
        from samestack.render.findings.findings_text import rules_text

        _deliver_text(arguments.output, lambda **page: rules_text((*asked, *OWN_RULES), **page))
        return 0
    examinations = _settled(list(_examinations(arguments, asked)), arguments.fail_on)
    reports = tuple(one.report for one in examinations)
    _deliver(examinations, reports, arguments)
    return 0 if all(report.has_passed for report in reports) else 1


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _asked_rules(ids: Sequence[str] | None) -> tuple[Rule, ...]:
    known = {rule.id: rule for rule in rules()}
    for name in ids or ():
        if name not in known:
            from samestack.check.suggestion import did_you_mean

            raise RequestError(f"there is no rule '{name}'", hint=did_you_mean(name, known))
    return tuple(rule for name, rule in known.items() if not ids or name in ids)


def _examinations(arguments: argparse.Namespace, asked: Sequence[Rule]) -> Iterator[Examination]:
    reporter = DeferredReporter()
    options = Options(deep=True, files=arguments.files, reporter=reporter)
    references = _references(arguments)
    projects = [project_of(one, arguments.project) for one in references]
    host = capture(Reference.parse(arguments.host), options) if arguments.host else None
    for reference, project in zip(references, projects, strict=True):
        snapshot = capture(reference, options)
        directory = started_in(reference, project, arguments.project)
        modules = () if directory is None else project_modules(directory)
        models = model_files_of(project, reporter)
        subject = Subject(snapshot, host or host_of(snapshot), project=modules, models=models)
        report = examined(subject, asked)
        if arguments.imports:
            from samestack.check.imports.entry import with_imports

            report = with_imports(report, subject, seconds=arguments.imports_timeout, reporter=reporter)
        yield Examination(reference, project, report)


def _references(arguments: argparse.Namespace) -> Sequence[Reference]:
    """What is to be examined; what cannot be is refused before anything long begins."""
    references = [environment_in(Reference.parse(text)) for text in arguments.references]
    references = references or [default_reference()]
    if arguments.imports:
        from samestack.check.imports.entry import refuse_what_cannot_run

        for one in references:
            refuse_what_cannot_run(one)
    return references


def _settled(examinations: Sequence[Examination], stated: str | None) -> list[Examination]:
    """The examinations with their projects' settings applied, those of one project together."""
    ids = {rule.id for rule in (*rules(), *OWN_RULES)}
    settings = {one.project: read_settings(one.project, ids) for one in examinations}
    settled = list(examinations)
    for project, said in settings.items():
        places = [place for place, one in enumerate(examinations) if one.project == project]
        reports = _with_settings([examinations[place].report for place in places], said, stated)
        for place, report in zip(places, reports, strict=True):
            settled[place] = structs.replace(settled[place], report=report)
    return settled


def _with_settings(reports: Sequence[Report], said: Settings, stated: str | None) -> Sequence[Report]:
    fail_on = FailOn(stated) if stated else said.fail_on or FailOn.ERROR
    if said.suppressions:
        from samestack.check.suppressions import suppressed

        reports = suppressed(reports, said.suppressions, said.file, time.strftime("%Y-%m-%d"))
    return [structs.replace(one, fail_on=fail_on, settings=said.file) for one in reports]


def _deliver(
    examinations: Sequence[Examination], reports: Sequence[Report], arguments: argparse.Namespace
) -> None:
    chosen = _format_of(arguments)
    if chosen == "json":
        from samestack.render.findings.findings_json import encode_findings

        deliver(encode_findings(reports), arguments.output)
    elif chosen == "sarif":
        deliver(_sarif(examinations, reports), arguments.output)
    elif chosen == "markdown":
        from samestack.render.findings.findings_markdown import findings_markdown

        deliver(findings_markdown(reports).encode(), arguments.output)
    else:
        from samestack.render.findings.findings_text import findings_text

        _deliver_text(arguments.output, lambda **page: findings_text(reports, full=arguments.full, **page))


def _sarif(examinations: Sequence[Examination], reports: Sequence[Report]) -> bytes:
    from samestack.check.declarations import Declarations, declaring_files
    from samestack.render.findings.findings_sarif import encode_sarif

    places = {
        id(one.report): Declarations(declaring_files(one.reference, one.project), one.reference.locator)
        for one in examinations
    }
    locate = lambda report, finding: places[id(report)].place_of(finding.subject)  # noqa: E731
    return encode_sarif(reports, (*rules(), *OWN_RULES), locate)


def _format_of(arguments: argparse.Namespace) -> str:
    _, dot, suffix = (arguments.output or "").rpartition(".")
    return str(arguments.format or _SUFFIXES.get(dot + suffix.lower(), "table"))


def _deliver_text(output: str | None, text: Callable[..., str]) -> None:
    """Text as wide as the terminal, in colours there unless ``NO_COLOR`` is set; else as wide as a page."""
    is_terminal = output is None and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if is_terminal else 0
    stated = os.environ.get("COLUMNS", "") if output is None else ""
    width = width or (int(stated) if stated.isdigit() else _PAGE_WIDTH)
    deliver(text(width=width, has_styles=is_terminal and not os.environ.get("NO_COLOR")).encode(), output)
