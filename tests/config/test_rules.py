"""The rules of configuration: each has its page, and reviews know what it finds."""

from pathlib import Path

import pytest

from samestack.check.catalogue import rules as rules_of_stacks
from samestack.config.rules import RULES, rules

PAGES = Path(__file__).parents[2] / "docs/rules"


@pytest.mark.parametrize("rule", RULES)
def test_each_has_its_page(rule: str) -> None:
    page = (PAGES / f"{rule}.md").read_text()
    assert page.startswith(f"# {rule}\n")
    assert "**Severity:**" in page
    assert "**What mends it:**" in page


def test_none_is_called_like_a_rule_of_a_stack() -> None:
    assert not RULES.keys() & {rule.id for rule in rules_of_stacks()}


def test_a_review_is_told_of_each() -> None:
    assert {rule.id: rule.summary for rule in rules()} == RULES


def test_every_summary_is_a_sentence() -> None:
    assert all(summary.endswith(".") and summary[0].isupper() for summary in RULES.values())
