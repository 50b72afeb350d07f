"""Every rule of parity has a page, and stands in the list of rules."""

from pathlib import Path

import pytest

from samestack.parity.rules import RULES, rules

PAGES = Path(__file__).parents[2] / "docs/rules"


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_page_that_says_what_mends_it(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text()
    assert page.startswith(f"# {name}\n\n{RULES[name]}\n")
    assert "**Severity:**" in page
    assert "**What mends it:**" in page
    assert f"[{name}]({name}.md)" in (PAGES / "README.md").read_text()


def test_they_are_described_as_the_rules_of_a_check_are() -> None:
    assert [one.id for one in rules()] == list(RULES)
