"""Every verb, option, kind, format and setting is documented, and every link leads somewhere."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.generate import RULE_INDEX, rule_index

from samestack.capture.formats import FORMATS
from samestack.check.own_rules import OWN_RULES
from samestack.check.rule import Rule
from samestack.cli.parser import VERBS, build_parser
from samestack.knowledge.variables import VARIABLES
from samestack.model import Kind

REPOSITORY = Path(__file__).parent.parent
PAGES = [*sorted((REPOSITORY / "docs").rglob("*.md")), REPOSITORY / "README.md", REPOSITORY / "CHANGELOG.md"]
COMMANDS = (REPOSITORY / "docs/reference/commands.md").read_text()
REFERENCE = "\n".join(path.read_text() for path in sorted((REPOSITORY / "docs/reference").glob("*.md")))


def options_of(verb: str) -> list[str]:
    """The options of a verb and of its actions, where it has some."""
    return [option for parser in parsers_below(build_parser(verb), verb) for option in shown_options(parser)]


def parsers_below(parser: argparse.ArgumentParser, *names: str) -> Iterator[argparse.ArgumentParser]:
    """The parsers of these names below a parser, and all that are below them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name in names or action.choices:
                yield action.choices[name]
                yield from parsers_below(action.choices[name])


def shown_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help != argparse.SUPPRESS:
            yield from action.option_strings


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_documented(verb: str) -> None:
    section = COMMANDS.partition(f"## samestack {verb}\n")[2].partition("\n## ")[0]
    assert section
    documented = section + COMMANDS.partition("## References")[0]
    missing = [
        option for option in options_of(verb) if option not in {"-h", "--help"} and option not in documented
    ]
    assert not missing


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_stands_in_the_readme(verb: str) -> None:
    assert f"`{verb}" in (REPOSITORY / "README.md").read_text()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_reference_is_documented(kind: Kind) -> None:
    assert f"`{kind}:" in COMMANDS


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_documented(kind: str) -> None:
    assert kind.lower() in REFERENCE.lower()


def test_every_variable_that_is_captured_is_documented() -> None:
    assert not [row.name for row in VARIABLES if row.name not in REFERENCE]


def test_the_list_of_rules_is_current() -> None:
    assert RULE_INDEX.read_text() == rule_index(), "run: make docs"


@pytest.mark.parametrize("rule", OWN_RULES, ids=lambda rule: rule.id)
def test_what_a_check_finds_without_the_catalogue_has_a_page_too(rule: Rule) -> None:
    page = (REPOSITORY / f"docs/rules/{rule.id}.md").read_text()
    assert page.startswith(f"# {rule.id}\n")
    assert rule.summary in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]


def test_no_file_names_a_registry_host() -> None:
    hosts = re.compile(r"py[p]i\.org|python[h]osted\.org|de[b]ian\.org|npm[j]s\.(org|com)")
    folders = ("src", "tests", "docs", "examples", "benchmarks", "requirements", ".ci")
    files = (path for folder in folders for path in (REPOSITORY / folder).rglob("*.*") if path.is_file())
    texts = (path for path in files if path.suffix not in {".pyc", ".png"} and "_cache/" not in str(path))
    assert not [path for path in texts if hosts.search(path.read_text("utf-8", "replace"))]
