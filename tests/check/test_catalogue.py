"""Every rule is listed and documented, finds what is planted for it, and leaves every healthy case alone."""

import importlib
import pkgutil
from pathlib import Path

import pytest

from samestack.check import rules as rules_package
from samestack.check.catalogue import MODULES, rules
from samestack.check.finding import Severity
from samestack.check.rule import Rule
from samestack.check.subject import Subject

PAGES = Path(__file__).parents[2] / "docs/rules"
RULES = dict(zip(MODULES, rules(), strict=True))


def cases(module: str, kind: str) -> tuple[Subject, ...]:
    folder, _, name = module.rpartition(".")
    tests = importlib.import_module(f"tests.check.rules.{folder}.test_{name}")
    found: tuple[Subject, ...] = getattr(tests, kind)
    return found


def test_every_module_with_a_rule_is_listed() -> None:
    prefix = f"{rules_package.__name__}."
    found = [one.name for one in pkgutil.walk_packages(rules_package.__path__, prefix) if not one.ispkg]
    with_rule = {
        name.removeprefix(prefix) for name in found if hasattr(importlib.import_module(name), "RULE")
    }
    assert with_rule == set(MODULES)


def test_no_two_rules_have_one_id() -> None:
    assert len({rule.id for rule in rules()}) == len(rules())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_has_a_page(rule: Rule) -> None:
    page = (PAGES / f"{rule.id}.md").read_text()
    assert page.startswith(f"# {rule.id}\n")
    assert rule.summary in page


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_finds_what_is_planted_for_it(module: str) -> None:
    planted = cases(module, "PLANTED")
    assert planted
    for subject in planted:
        found = list(RULES[module].examine(subject))
        assert found
        assert {finding.rule for finding in found} == {RULES[module].id}
        assert min(finding.severity.rank for finding in found) >= RULES[module].severity.rank
        assert all(finding.message and finding.evidence and finding.remedy for finding in found)


@pytest.mark.parametrize("module", MODULES)
def test_no_rule_complains_of_a_healthy_case_of_any_rule(module: str) -> None:
    graver = (Severity.ERROR, Severity.WARNING)
    for subject in cases(module, "HEALTHY"):
        found = [finding for rule in rules() for finding in rule.examine(subject)]
        assert not [finding for finding in found if finding.severity in graver]
