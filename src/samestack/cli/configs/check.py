"""``samestack config check``: is every value there, and what it has to be?"""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import structs

from samestack.check.finding import Finding, Severity
from samestack.cli.configs.asking import resolved
from samestack.cli.configs.delivering import add_format, deliver_page, format_of
from samestack.cli.configs.terms import add_profile, add_project, project_of, request_of
from samestack.cli.output import deliver
from samestack.config.resolution import Resolution
from samestack.config.resolving import MANIFEST
from samestack.config.settings import config_settings, profiles_of
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.check.declarations import Place
    from samestack.check.report import Report

EXAMPLES: Final = """\
  samestack config check                                 the profile that is meant here
  samestack config check --profile production            before anything is deployed
  samestack config check --all --fail-on warning         every profile, strictly
  samestack config check --profile production --presence without the right to read its secrets
  samestack config check --all -o configuration.sarif    for a code review
"""
FORMATS: Final = ("table", "json", "markdown", "sarif")
_FAIL_ON: Final = (*Severity, "never")
"""As :class:`~samestack.check.report.FailOn` has it, which the parsers of other actions need not load."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add_profile(parser)
    parser.add_argument("--all", action="store_true", help="every profile of the project")
    parser.add_argument(
        "--presence", action="store_true", help="ask stores only what they have, and read no value of theirs"
    )
    parser.add_argument(
        "--fail-on", choices=_FAIL_ON, default=Severity.ERROR, help="what ends with status 1 (error)"
    )
    add_format(parser, FORMATS)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Resolve all profiles that are meant and deliver what is wrong; 3 where a required store is down."""
    resolutions = resolved(
        [
            structs.replace(
                request_of(arguments, profile=profile), presence_only=arguments.presence, asks_class=True
            )
            for profile in _profiles(arguments)
        ]
    )
    reports = [_report(one, arguments) for one in resolutions]
    _deliver(resolutions, reports, arguments)
    if any(one.is_store_down for one in resolutions):
        return 3
    return 0 if all(report.has_passed for report in reports) else 1


def _report(resolution: Resolution, arguments: argparse.Namespace) -> "Report":
    from samestack.check.report import FailOn
    from samestack.config.reporting import report_of

    return report_of(resolution, fail_on=FailOn(arguments.fail_on), presence_only=arguments.presence)


def _profiles(arguments: argparse.Namespace) -> Sequence[str]:
    """The names of the profiles that are meant; an empty name is what the project says."""
    if not arguments.all:
        return (arguments.profile,)
    if arguments.profile:
        raise RequestError("--profile and --all exclude each other", hint="leave one of them out")
    project = project_of(arguments)
    settings = config_settings(project / MANIFEST)
    return profiles_of(settings, project) or (settings.profile,)


def _deliver(
    resolutions: Sequence[Resolution], reports: Sequence["Report"], arguments: argparse.Namespace
) -> None:
    match format_of(arguments, FORMATS):
        case "json":
            from samestack.render.findings.findings_json import encode_findings

            deliver(encode_findings(reports), arguments.output)
        case "sarif":
            deliver(_sarif(resolutions, reports), arguments.output)
        case "markdown":
            from samestack.config.reporting import with_places_told
            from samestack.render.findings.findings_markdown import findings_markdown

            deliver(findings_markdown([*map(with_places_told, reports)]).encode(), arguments.output)
        case _:
            from samestack.render.configuration.check_text import check_text

            deliver_page(lambda **page: check_text(reports, **page), arguments.output)


def _sarif(resolutions: Sequence[Resolution], reports: Sequence["Report"]) -> bytes:
    """Each finding at the line that it is about, else at the manifest that names its source."""
    from samestack.config.reporting import with_places_told
    from samestack.config.rules import rules
    from samestack.render.findings.findings_sarif import encode_sarif

    told = [with_places_told(report) for report in reports]
    places = {
        shown: _place(finding, resolution)
        for resolution, report, named in zip(resolutions, reports, told, strict=True)
        for finding, shown in zip(report.findings, named.findings, strict=True)
    }
    return encode_sarif(told, rules(), lambda _, finding: places[finding])


def _place(finding: Finding, resolution: Resolution) -> "Place":
    from samestack.check.declarations import Place
    from samestack.config.reporting import location_of

    found = location_of(finding, resolution)
    if found is None:
        return Place(str(resolution.project / MANIFEST), 1)
    return Place(str(found.path), found.line)
