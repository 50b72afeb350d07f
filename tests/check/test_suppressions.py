"""Findings that a project knows of and leaves alone."""

from msgspec import structs

from samestack.check.finding import Severity
from samestack.check.report import Report
from samestack.check.suppressions import Suppression, suppressed
from tests.render.reports import PANDAS, origin, report

TODAY = "2026-11-15"
PANDAS_KNOWN = Suppression(rule="numpy-abi", subject="pandas", reason="later", until="2027-01-31")


def told(suppression: Suppression, *reports: Report) -> tuple[Report, ...]:
    return suppressed(reports, (suppression,), "pyproject.toml", TODAY)


def test_a_finding_is_set_aside_with_the_reason() -> None:
    (after,) = told(PANDAS_KNOWN, report(PANDAS))
    assert after.findings == ()
    assert [(one.finding, one.reason, one.until) for one in after.suppressed] == [
        (PANDAS, "later", "2027-01-31")
    ]
    assert (after.has_passed, after.settings) == (True, "pyproject.toml")


def test_a_package_may_be_written_in_any_of_its_forms() -> None:
    finding = structs.replace(PANDAS, subject="scikit-learn")
    (after,) = told(structs.replace(PANDAS_KNOWN, subject="Scikit_Learn"), report(finding))
    assert after.findings == ()


def test_another_rule_or_subject_is_not_meant() -> None:
    for other in ({"rule": "glibc"}, {"subject": "torch"}):
        (after,) = told(structs.replace(PANDAS_KNOWN, **other), report(PANDAS))
        assert PANDAS in after.findings


def test_the_last_day_still_counts_and_the_day_after_does_not() -> None:
    (after,) = told(structs.replace(PANDAS_KNOWN, until=TODAY), report(PANDAS))
    assert after.findings == ()
    (after,) = told(structs.replace(PANDAS_KNOWN, until="2026-11-14"), report(PANDAS))
    assert [(one.rule, one.severity) for one in after.findings] == [
        ("numpy-abi", "error"),
        ("suppression", "warning"),
    ]
    assert "ended on 2026-11-14" in after.findings[1].message
    assert "later" in after.findings[1].evidence[0]
    assert after.findings[1].place == "pyproject.toml"


def test_what_suppresses_nothing_is_noted() -> None:
    (after,) = told(PANDAS_KNOWN, report())
    assert [(one.rule, one.severity, one.subject) for one in after.findings] == [
        ("suppression", Severity.NOTE, "pandas")
    ]


def test_nothing_is_called_needless_whose_rule_was_not_asked_or_could_not_tell() -> None:
    (after,) = told(PANDAS_KNOWN, report(rules=("glibc",)))
    assert after.findings == ()
    shallow = structs.replace(origin(), deep=False)
    (after,) = told(PANDAS_KNOWN, report(origin=shallow))
    assert after.findings == ()


def test_environments_of_one_project_share_its_suppressions() -> None:
    first, second = told(PANDAS_KNOWN, report(), report(PANDAS))
    assert (first.findings, second.findings) == ((), ())
    first, second = told(PANDAS_KNOWN, report(), report())
    assert (len(first.findings), len(second.findings)) == (1, 0)
