"""``samestack config scan``: secrets that were written where they do not belong."""

import argparse
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from samestack.cli.configs.delivering import add_format, deliver_page, format_of
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.config.scanning.reporting import Scanned
    from samestack.config.scanning.scan import Scan
    from samestack.config.scanning.text import Text
    from samestack.progress import Reporter

EXAMPLES: Final = """\
  samestack config scan                                  this directory: what git keeps, and what is new
  samestack config scan --staged                         what is about to be committed, for a hook
  samestack config scan --git                            all that was ever committed
  samestack config scan image:agent:1.0                  every layer, also what a later one removes
  samestack config scan --profile production             the values of this profile first of all
  samestack config scan --write-baseline                 note what is there; then write the reasons
  samestack config scan -o secrets.sarif                 for a code review
"""
FORMATS: Final = ("table", "json", "markdown", "sarif")
_IMAGES: Final = ("image:", "oci:", "registry:", "container:")
_MANIFEST: Final = "pyproject.toml"
_FAIL_ON: Final = ("error", "never")


class Place(Struct, frozen=True, kw_only=True):
    """What is to be looked through."""

    reference: str
    """As a person would name it."""
    root: Path
    """The directory whose settings and baseline hold."""
    kind: str
    """``files``, ``staged``, ``history`` or ``image``."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    help_text = "a file, a directory, or an image (image:, oci:, registry:); by default this directory"
    parser.add_argument("place", nargs="?", default=".", metavar="PLACE", help=help_text)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--git", action="store_true", help="all that was ever committed to the repository there"
    )
    which.add_argument(
        "--staged", action="store_true", help="only what the next commit would add, for a hook"
    )
    parser.add_argument(
        "--profile", default="", metavar="NAME", help="look for the secrets of this profile, too"
    )
    parser.add_argument(
        "--write-baseline", action="store_true", help="note all that is found, to be given reasons"
    )
    parser.add_argument(
        "--fail-on", choices=_FAIL_ON, default="error", help="what ends with status 1 (error)"
    )
    parser.add_argument("--full", action="store_true", help="also what is left alone, and public pages")
    add_format(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Look, leave out what the baseline excuses, deliver; 1 where anything is left."""
    from samestack.cli.deferred_reporter import DeferredReporter
    from samestack.config.scanning.detecting import Detector
    from samestack.config.scanning.scan import scanned

    place = _place(arguments)
    known = _known(arguments.profile, place.root) if arguments.profile else {}
    scan = scanned(_texts(arguments.place, place, DeferredReporter()), Detector(known))
    if not scan.sightings and format_of(arguments, FORMATS) == "table":
        # Before most commits: a report costs 20 ms to load, and has no more to say.
        from samestack.cli.output import deliver
        from samestack.render.printable import printable

        deliver(f"{printable(place.reference)}: nothing found; {scan.scope}\n".encode(), arguments.output)
        return 0
    result = _judged(scan, place, arguments)
    _deliver(result, arguments)
    return 0 if result.report.has_passed else 1


def _judged(scan: "Scan", place: Place, arguments: argparse.Namespace) -> "Scanned":
    """The scan held against the baseline, which is written first where that is asked for."""
    from samestack.check.report import FailOn
    from samestack.config.scanning.baseline import baseline_bytes, read_baseline, with_added
    from samestack.config.scanning.reporting import path_from, scan_report
    from samestack.config.settings import config_settings
    from samestack.files import write_file

    file = place.root / config_settings(place.root / _MANIFEST).baseline
    baseline = read_baseline(file)
    if arguments.write_baseline:
        baseline = with_added(baseline, scan.sightings, lambda one: path_from(file.parent, one))
        write_file(baseline_bytes(baseline), file)
    return scan_report(
        scan, reference=place.reference, baseline=baseline, file=file, fail_on=FailOn(arguments.fail_on)
    )


def _place(arguments: argparse.Namespace) -> Place:
    named: str = arguments.place
    if named.startswith(_IMAGES):
        if arguments.git or arguments.staged:
            raise RequestError("an image has no git history", hint="leave out --git and --staged")
        return Place(reference=named, root=_project(Path.cwd()), kind="image")
    directory = Path(named)
    if not (arguments.git or arguments.staged):
        return Place(reference=named, root=_project(directory), kind="files")
    from samestack.config.scanning.places.git_commands import repository_of

    root = repository_of(directory if directory.is_dir() else directory.parent)
    if arguments.git:
        return Place(reference=f"the history of {root.name}", root=root, kind="history")
    return Place(reference="what is staged", root=root, kind="staged")


def _project(start: Path) -> Path:
    """The nearest directory around a place that has a manifest or is a repository; else the place itself."""
    place = start.resolve()
    place = place if place.is_dir() else place.parent
    around = (
        one for one in (place, *place.parents) if (one / _MANIFEST).is_file() or (one / ".git").exists()
    )
    return next(around, place)


def _texts(named: str, place: Place, reporter: "Reporter") -> "Iterator[Text]":
    match place.kind:
        case "image":
            from samestack.config.scanning.places.image_layers import image_texts

            return image_texts(named, reporter)
        case "history":
            from samestack.config.scanning.places.git_history import history_texts

            return history_texts(place.root, reporter)
        case "staged":
            from samestack.config.scanning.places.staged import staged_texts

            return staged_texts(place.root)
        case _:
            from samestack.config.scanning.places.files import texts_in

            return texts_in(Path(named), reporter)


def _known(profile: str, project: Path) -> Mapping[str, str]:
    """The secrets of a profile by the names of their variables, those that are shadowed too."""
    from samestack.cli.configs.terms import class_environment
    from samestack.config.masking import secrets_of
    from samestack.config.resolving import ResolveRequest, resolve

    request = ResolveRequest(
        project=project, profile=profile, variables=os.environ, environment=class_environment(project)
    )
    resolution = resolve(request)
    known: dict[str, str] = {}
    for value in resolution.values:
        for number, secret in enumerate(sorted(secrets_of(structs.replace(resolution, values=(value,))))):
            known[f"{value.name}, {number + 1}" if number else value.name] = secret
    return known


def _deliver(result: "Scanned", arguments: argparse.Namespace) -> None:
    from samestack.cli.output import deliver

    reports = (result.report,)
    match format_of(arguments, FORMATS):
        case "json":
            from samestack.render.findings.findings_json import encode_findings

            deliver(encode_findings(reports), arguments.output)
        case "sarif":
            deliver(_sarif(result), arguments.output)
        case "markdown":
            from samestack.render.findings.findings_markdown import findings_markdown

            deliver(findings_markdown(reports).encode(), arguments.output)
        case _:
            from samestack.render.findings.findings_text import findings_text

            deliver_page(lambda **page: findings_text(reports, full=arguments.full, **page), arguments.output)


def _sarif(result: "Scanned") -> bytes:
    from samestack.check.declarations import Place as Located
    from samestack.config.rules import rules
    from samestack.render.findings.findings_sarif import encode_sarif

    lines = result.lines
    return encode_sarif(
        (result.report,), rules(), lambda _, finding: Located(finding.place, lines.get(id(finding), 0))
    )
