"""What runs is what is there: a program's own word of its stack and its profile."""

from collections.abc import Iterator

from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.parity.breach import Breach, breach
from samestack.parity.evidence import Evidence
from samestack.parity.health import RuntimeReport
from samestack.parity.held_stack import held_stack
from samestack.parity.rules import CONFIGURATION_DIFFERS, STACK_DIFFERS
from samestack.parity.settings import Environment


def health_breaches(evidence: Evidence) -> Iterator[Breach]:
    """The environments whose running program says that it has another stack, or another profile."""
    for one in evidence.environments:
        report = evidence.health.get(one.name)
        if report is None:
            continue
        if _runs_other(one.name, report, evidence):
            yield breach(_other_stack(one, report), (one.name,), f"{Layer.PACKAGES}/running")
        if report.profile and one.profile and report.profile != one.profile:
            yield breach(_other_profile(one, report), (one.name,), "configuration/profile")


def _runs_other(name: str, report: RuntimeReport, evidence: Evidence) -> bool:
    snapshot = evidence.snapshots.get(name)
    if snapshot is None or evidence.lock is None:
        return False
    return report.runs(held_stack(snapshot, evidence.lock, evidence.own).decided) is False


def _other_stack(environment: Environment, report: RuntimeReport) -> Finding:
    return Finding(
        rule=STACK_DIFFERS,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject="running",
        message=f"the program that runs in {environment.name} says that its stack is not the locked one",
        evidence=(
            f"it says: {report.stack}, {report.packages} packages, Python {report.python}",
            f"running since {report.started_at}",
        ),
        remedy="start it again with the stack that is there now, or deploy the image that the lock makes",
    )


def _other_profile(environment: Environment, report: RuntimeReport) -> Finding:
    return Finding(
        rule=CONFIGURATION_DIFFERS,
        severity=Severity.ERROR,
        layer=Layer.CONFIGURATION,
        subject="profile",
        message=(
            f"the program that runs in {environment.name} says that its profile is {report.profile}, "
            f"not {environment.profile}"
        ),
        remedy=f"start it with profile {environment.profile}, or correct the settings",
    )
