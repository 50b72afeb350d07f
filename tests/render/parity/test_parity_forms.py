"""Parity in its four forms: the same words in each, and nothing that others wrote is obeyed."""

import io
import json

import jsonschema_rs
import pytest
from docs.generate import json_schema
from rich.console import Console

from samestack.parity.report import ParityReport
from samestack.render.parity.parity_html import parity_html
from samestack.render.parity.parity_json import PARITY_SCHEMA, encode_parity
from samestack.render.parity.parity_markdown import MAX_BYTES, parity_markdown
from samestack.render.parity.parity_table import print_parity
from tests.render.parity.reports import HOSTILE, finding, report


def table(told: ParityReport, width: int = 100) -> str:
    page = io.StringIO()
    print_parity(told, Console(file=page, width=width, highlight=False))
    return page.getvalue()


def test_the_table_tells_environments_findings_what_is_allowed_and_what_differs() -> None:
    lines = table(report(finding())).splitlines()
    assert lines[0].split() == ["environment", "law", "stack", "packages", "image", "profile"]
    assert "abababababab as locked" in lines[1]
    assert "cdcdcdcdcdcd not as locked" in lines[2]
    assert "error  opencv-python in staging  stack-differs" in lines
    assert "  remedy: sync it" in lines
    assert "allowed until 2027-01-31: numpy is 1 in development, 2 in staging" in lines
    assert any(line.split() == ["LOG_LEVEL", "DEBUG", "INFO"] for line in lines)
    assert lines[-2] == "helpdesk: 2 environments held against pylock.toml, 1 replay, 1 difference allowed"
    assert lines[-1] == "the law does not hold: 1 error"


@pytest.mark.parametrize("width", [20, 60, 200])
def test_the_table_fits_its_terminal(width: int) -> None:
    assert all(len(line) <= width for line in table(report(finding()), width).splitlines())


def test_the_document_is_as_its_schema_says() -> None:
    document = json.loads(encode_parity(report(finding())))
    assert document["schema"] == PARITY_SCHEMA
    assert document["standing"] == "fails"
    assert document["report"]["findings"][0]["subject"] == "opencv-python"
    jsonschema_rs.validator_for(json_schema(PARITY_SCHEMA)).validate(document)


def test_markdown_says_the_same() -> None:
    text = parity_markdown(report(finding()))
    assert text.startswith("### The law does not hold: 1 error\n")
    assert "| development | holds | abababababab as locked | 12 | - | development, 3 variables |" in text
    assert "| **error** | `opencv-python in staging`<br>stack-differs |" in text
    assert "| `LOG_LEVEL` | `DEBUG` | `INFO` |" in text


def test_markdown_is_never_longer_than_a_comment_and_counts_what_it_left_out() -> None:
    text = parity_markdown(report(*(finding(f"{number} " + "ä" * 800) for number in range(100))))
    assert len(text.encode()) <= MAX_BYTES
    assert "left out here" in text


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = parity_html(report(finding()))
    assert page == parity_html(report(finding()))
    assert "Content-Security-Policy" in page
    assert "<script" not in page
    assert "the law does not hold: 1 error" in page
    assert "<code>DEBUG</code>" in page


def test_nothing_that_others_wrote_is_obeyed() -> None:
    told = report(finding(HOSTILE, remedy=HOSTILE, command=HOSTILE))
    assert "<script>" not in parity_html(told)
    assert "<script>" not in parity_markdown(told)
    assert "@everyone" not in parity_markdown(told)
    for text in (parity_html(told), parity_markdown(told), table(told)):
        assert "\x1b" not in text


def test_what_holds_says_so() -> None:
    assert table(report()).splitlines()[-1] == "the law holds"
    assert parity_markdown(report()).startswith("### The law holds\n")
