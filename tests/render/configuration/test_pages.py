"""Configuration on a terminal: whole in a narrow one, and nothing but text whoever wrote it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.check.finding import Finding, Severity
from samestack.config.differing import compared
from samestack.config.explaining import explained
from samestack.config.rank import Rank
from samestack.config.reporting import report_of, scope_of, with_places_told
from samestack.config.resolution import Resolution, SourceState
from samestack.config.schema.field import Field, Schema
from samestack.config.settings import SourceSettings
from samestack.config.source_listing import State, exit_status_of, listed
from samestack.model.layer import Layer
from samestack.outside.source_error import Reason
from samestack.render.configuration.check_text import check_text
from samestack.render.configuration.difference_markdown import comparison_markdown
from samestack.render.configuration.difference_table import print_comparison
from samestack.render.configuration.explanation_json import VALUE_SCHEMA, encode_explanation
from samestack.render.configuration.explanation_text import print_explanation
from samestack.render.configuration.resolution_json import CONFIGURATION_SCHEMA, encode_configuration
from samestack.render.configuration.resolution_table import print_configuration
from samestack.render.configuration.sources_json import SOURCES_SCHEMA, encode_sources
from samestack.render.configuration.sources_table import print_sources
from tests.config.configurations import entry, value
from tests.render.golden_text import drawn
from tests.render.samples import HOSTILE


def state(
    source: str, rank: Rank, reason: Reason | None = None, message: str = "", **said: Any
) -> SourceState:
    """What became of a source that has three variables, or says nothing."""
    return SourceState(
        settings=SourceSettings(source=f"consul:{source}", **said),
        shown=source,
        rank=rank,
        variables=0 if reason or message else 3,
        reason=reason,
        message=message,
    )


def finding(subject: str, severity: Severity = Severity.ERROR, **said: Any) -> Finding:
    told = {"rule": "config-type", "layer": Layer.CONFIGURATION, "message": "a number is wanted", **said}
    return Finding(subject=subject, severity=severity, **told)


HOSTILE_ONE = Resolution(
    profile=HOSTILE,
    project=Path(),
    schema=Schema(
        fields=(Field(name="A", description=HOSTILE, unit=HOSTILE, aliases=(HOSTILE,)),), source=HOSTILE
    ),
    values=(
        value("A", HOSTILE, Rank.PROFILE, entry("A", {HOSTILE: [HOSTILE]}, source=HOSTILE), source=HOSTILE),
        value("B", "x" * 5000, place=HOSTILE, changed=HOSTILE),
    ),
    sources=(state(HOSTILE, Rank.PROCESS), state(f"{HOSTILE}2", Rank.BASE, Reason.DENIED, HOSTILE)),
    findings=(finding("A", message=HOSTILE, remedy=HOSTILE, place=HOSTILE),),
)
OTHER = Resolution(profile="other", project=Path(), schema=Schema(), values=(), sources=())


def pages(width: int) -> dict[str, str]:
    """Every form for people, of the hostile one."""
    comparison = compared(HOSTILE_ONE, OTHER, b"k", with_origins=True)
    return {
        "show": drawn(lambda console: print_configuration(HOSTILE_ONE, console), width=width),
        "why": drawn(lambda console: print_explanation(explained("A", HOSTILE_ONE), console), width=width),
        "diff": drawn(lambda console: print_comparison(comparison, console, with_origins=True), width=width),
        "sources": drawn(lambda console: print_sources(listed(HOSTILE_ONE), console), width=width),
        "check": check_text([report_of(HOSTILE_ONE), report_of(OTHER)], width=width),
    }


@pytest.mark.parametrize("page", ["show", "why", "diff", "sources", "check"])
def test_what_others_wrote_is_only_text(page: str) -> None:
    text = pages(100)[page]
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert all(line.isprintable() for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("page", ["show", "why", "diff", "sources"])
def test_a_narrow_terminal_loses_nothing(page: str) -> None:
    text = pages(40)[page]
    assert max(map(len, text.splitlines())) <= 40
    assert "\\x1b" in "".join(text.split())


def test_markdown_stays_a_table() -> None:
    text = comparison_markdown(compared(HOSTILE_ONE, OTHER, b"k", with_origins=True), with_origins=True)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert {row.count("|") for row in rows} == {5}
    assert "<script" not in text
    assert "<img" not in text


def test_documents_are_valid() -> None:
    documents = {
        CONFIGURATION_SCHEMA: encode_configuration(HOSTILE_ONE),
        VALUE_SCHEMA: encode_explanation(explained("A", HOSTILE_ONE)),
        SOURCES_SCHEMA: encode_sources(listed(HOSTILE_ONE), "production"),
    }
    for name, document in documents.items():
        jsonschema.Draft202012Validator(json_schema(name)).validate(json.loads(document))


def test_what_a_profile_comes_to() -> None:
    one = Resolution(
        profile="production",
        project=Path(),
        schema=Schema(),
        values=(value("A", 1), value("B", 2, Rank.DEFAULT)),
        sources=(state("a", Rank.PROCESS), state("b", Rank.BASE, Reason.EMPTY)),
        findings=(finding("A", place="a, line 3"), finding("B", Severity.UNKNOWN)),
    )
    assert scope_of(one) == "2 variables from 2 sources"
    said = check_text([report_of(one)], width=100)
    assert said.startswith("production: 1 error, 1 unknown found; 2 variables from 2 sources\n")
    assert "         a, line 3\n" in said
    assert said.endswith("\n\nproduction: 2 variables from 2 sources, 1 error, 1 unknown\n")


def test_a_place_is_evidence_where_it_is_not_shown() -> None:
    one = Resolution(
        profile="p",
        project=Path(),
        schema=Schema(),
        values=(),
        sources=(),
        findings=(finding("A", place="a.toml, a"), finding("consul:x", place="consul:x")),
    )
    first, second = with_places_told(report_of(one)).findings
    assert (first.evidence, first.place) == (("in a.toml, a",), "")
    assert (second.evidence, second.place) == ((), "")


def test_the_state_of_each_source() -> None:
    reasons = (None, *Reason)
    sources = tuple(state(str(reason), Rank.BASE, reason, "why" if reason else "") for reason in reasons)
    one = Resolution(
        profile="p",
        project=Path(),
        schema=Schema(fields=(Field(name="A", default=1), Field(name="B")), source="pyproject.toml"),
        values=(),
        sources=(*sources, state("bad", Rank.BASE, None, "not TOML")),
    )
    *told, malformed, defaults = listed(one)
    assert [one.state for one in told] == [State(reason or "ok") for reason in reasons]
    assert malformed.state is State.MALFORMED
    assert (defaults.source, defaults.variables) == ("defaults of pyproject.toml", 1)


@pytest.mark.parametrize(
    ("reason", "required", "status"),
    [
        (None, True, 0),
        (Reason.UNREACHABLE, True, 3),
        (Reason.DENIED, True, 1),
        (Reason.EMPTY, True, 1),
        (Reason.UNREACHABLE, False, 0),
    ],
)
def test_what_the_sources_come_to(reason: Reason | None, required: bool, status: int) -> None:  # noqa: FBT001
    one = Resolution(
        profile="p",
        project=Path(),
        schema=Schema(),
        values=(),
        sources=(state("a", Rank.BASE, reason, required=required),),
    )
    assert exit_status_of(listed(one)) == status
