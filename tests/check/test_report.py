"""An environment examined by every rule, and what makes a check fail."""

from collections.abc import Iterator

import pytest
from msgspec import structs

from samestack.check.finding import Finding, Severity
from samestack.check.report import FailOn, examined
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer
from tests.check import subjects


def rule(name: str, *severities: Severity) -> Rule:
    def examine(_: Subject) -> Iterator[Finding]:
        for severity in severities:
            yield Finding(rule=name, severity=severity, layer=Layer.PACKAGES, subject=name, message="m")

    return Rule(id=name, summary="s", layer=Layer.PACKAGES, severity=min(severities), examine=examine)


def test_the_gravest_stands_first_then_the_order_of_the_rules() -> None:
    rules = (
        rule("one", Severity.NOTE, Severity.ERROR),
        rule("two", Severity.ERROR, Severity.UNKNOWN, Severity.WARNING),
    )
    report = examined(subjects.subject(subjects.package("numpy", "2.0")), rules)
    assert [(one.severity, one.rule) for one in report.findings] == [
        ("error", "one"),
        ("error", "two"),
        ("warning", "two"),
        ("unknown", "two"),
        ("note", "one"),
    ]
    assert (report.rules, report.packages) == (("one", "two"), 1)


def test_the_host_is_named() -> None:
    host = subjects.snapshot(subjects.glibc("2.17"), kind="rootfs")
    assert examined(subjects.subject(host=host), ()).host == host.origin


@pytest.mark.parametrize("fail_on", FailOn)
@pytest.mark.parametrize("severity", Severity)
def test_a_check_fails_on_what_is_as_grave_as_was_asked_or_graver(
    fail_on: FailOn, severity: Severity
) -> None:
    order = ["note", "unknown", "warning", "error", "never"]
    report = structs.replace(examined(subjects.subject(), (rule("one", severity),)), fail_on=fail_on)
    assert report.has_passed == (order.index(severity) < order.index(fail_on))
