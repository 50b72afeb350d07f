"""What a check came to, in the words that every form of it uses."""

from collections.abc import Iterable, Sequence

from samestack.check.finding import Finding, Severity
from samestack.check.report import Report
from samestack.model import Layer, Origin, Standing

_PLURALS = {"error": "errors", "warning": "warnings", "unknown": "unknown", "note": "notes"}


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many there are of each severity, the gravest first; a severity without any is left out."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in Severity if severity in severities}


def how_many(number: int, word: str, plural: str = "") -> str:
    """``1 rule``, ``3 rules``."""
    return f"{number} {word if number == 1 else plural or f'{word}s'}"


def verdict(reports: Sequence[Report]) -> str:
    """The counts of all: ``2 errors, 1 warning``; ``nothing`` where there is no finding."""
    counts = counted(finding for report in reports for finding in report.findings)
    words = (how_many(number, severity, _PLURALS[severity]) for severity, number in counts.items())
    return ", ".join(words) or "nothing"


def asked(report: Report) -> str:
    """What was done to find it: the rules that were asked, and what was imported."""
    if report.scope:
        return report.scope
    rules, packages = how_many(len(report.rules), "rule"), how_many(report.packages, "package")
    return "; ".join((f"{rules} asked of {packages}", *_further(report)))


def host_name(report: Report) -> str:
    """What it was examined for; empty where it runs where it was read."""
    return "" if report.host == report.origin else named(report.host)


def named(origin: Origin) -> str:
    """An environment, and the machine where that is not told by the reference."""
    if origin.reference == "machine:":
        return origin.machine or "this machine"
    is_elsewhere = origin.machine and origin.standing is Standing.OBSERVED
    return f"{origin.reference} on {origin.machine}" if is_elsewhere else origin.reference


def title(finding: Finding) -> str:
    """What a finding is about, and where there are several of that name, which."""
    return f"{finding.subject} ({finding.at})" if finding.at else finding.subject


def _further(report: Report) -> Iterable[str]:
    if report.imports is not None:
        network = "without a network" if report.imports.is_offline else "the network could not be cut off"
        modules = how_many(report.imports.modules, "module")
        packages = how_many(report.imports.packages, "package")
        yield f"{modules} of {packages} imported, {network}"
    if report.suppressed:
        yield f"{how_many(len(report.suppressed), 'finding')} suppressed by {report.settings}"
    if not report.origin.deep and Layer.PACKAGES in report.origin.complete:
        yield "binaries were not read, a capture with --deep would"
