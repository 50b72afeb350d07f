"""What a check found, for people."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.check.report import Report
from samestack.render.findings.findings_text import findings_text, rules_text
from tests.render import reports
from tests.render.golden_text import assert_golden


@pytest.mark.parametrize("full", [False, True])
def test_it_looks_as_approved(*, full: bool) -> None:
    name = "findings-full.txt" if full else "findings.txt"
    assert_golden(name, findings_text([reports.broken(), reports.report()], width=80, full=full))


def test_a_healthy_environment_is_one_line_that_says_what_was_asked() -> None:
    assert findings_text([reports.report()], width=100) == (
        "venv:.venv on laptop: nothing found; 1 rule asked of 42 packages\n"
    )


def test_styles_are_only_added() -> None:
    styled = findings_text([reports.broken()], width=80, has_styles=True)
    assert "\x1b[1;31merror" in styled
    assert re.sub(r"\x1b\[[\d;]*m", "", styled) == findings_text([reports.broken()], width=80)


@pytest.mark.parametrize("has_styles", [False, True])
def test_hostile_texts_obey_nobody(*, has_styles: bool) -> None:
    shown = findings_text([reports.hostile()], width=80, has_styles=has_styles, full=True)
    without_styles = re.sub(r"\x1b\[[\d;]*m", "", shown) if has_styles else shown
    assert all(one.isprintable() for one in without_styles.split("\n"))
    assert "rm -rf" in shown
    assert "characters more" in " ".join(without_styles.split())


@settings(max_examples=50)
@given(told=st.lists(reports.reports, max_size=3), width=st.integers(0, 120), full=st.booleans())
def test_any_report_can_be_told(*, told: list[Report], width: int, full: bool) -> None:
    shown = findings_text(told, width=width, full=full)
    assert all(one.isprintable() for one in shown.split("\n"))
    for report in told:
        graves = [one for one in report.findings if one.severity in {"error", "warning"}]
        assert shown.count("\n") >= len(graves)


def test_the_rules_are_listed() -> None:
    shown = rules_text(reports.RULES, width=100)
    assert shown.startswith("error    numpy-abi  packages\n         A package's compiled modules")
    assert all(rule.id in shown for rule in reports.RULES)
