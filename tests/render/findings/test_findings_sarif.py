"""What a check found, as code reviews read it."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.check.declarations import Place
from samestack.check.report import Report
from samestack.render.findings.findings_sarif import encode_sarif
from tests.render import reports

SCHEMA = json.loads((Path(__file__).parents[2] / "recorded/sarif/sarif-2.1.0.json").read_text())
VALID = jsonschema.Draft4Validator(SCHEMA)


def run_of(*told: Report, place: Place = Place("pyproject.toml", 7)) -> Any:  # noqa: B008 - it is frozen
    document = json.loads(encode_sarif(told, reports.RULES, lambda _report, _finding: place))
    VALID.validate(document)
    (run,) = document["runs"]
    return run


def test_a_result_says_all_that_a_review_shows() -> None:
    run = run_of(reports.report(reports.PANDAS))
    (result,) = run["results"]
    assert (result["ruleId"], result["level"], result["kind"]) == ("numpy-abi", "error", "fail")
    assert result["message"]["text"].startswith("pandas 1.4.0: it was compiled against numpy 1")
    assert '\npip install "numpy<2"' in result["message"]["text"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "pyproject.toml", "uriBaseId": "%SRCROOT%"}
    assert location["region"] == {"startLine": 7}
    assert result["suppressions"] == []


def test_each_rule_that_is_named_has_its_page_as_help() -> None:
    run = run_of(reports.broken())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["numpy-abi", "import-failure", "suppression"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert "C-API changed with numpy 2" in rules[0]["help"]["markdown"]
    assert "](../" not in rules[0]["help"]["markdown"]


def test_what_could_not_be_decided_is_open_and_has_no_level() -> None:
    (result,) = run_of(reports.report(reports.NETWORK))["results"]
    assert (result["kind"], result["level"]) == ("open", "none")


def test_what_is_suppressed_is_there_as_suppressed() -> None:
    results = run_of(reports.broken())["results"]
    assert [bool(one["suppressions"]) for one in results] == [False] * 4 + [True]
    assert results[-1]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "pandas goes in January (until 2027-01-31)",
        }
    ]


def test_fingerprints_tell_findings_apart_and_stay_when_versions_move_on() -> None:
    one, other = run_of(reports.report(reports.PANDAS, reports.PANDAS, reports.STALE))["results"][:2]
    assert one["partialFingerprints"] != other["partialFingerprints"]
    moved = type(reports.PANDAS)(
        rule="numpy-abi",
        severity=reports.PANDAS.severity,
        layer=reports.PANDAS.layer,
        subject="pandas",
        message="2.0",
    )
    (later,) = run_of(reports.report(moved))["results"]
    assert later["partialFingerprints"] == one["partialFingerprints"]


def test_what_is_elsewhere_has_an_absolute_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "in ner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    for path, uri in (
        ("../.venv", f"file://{tmp_path}/.venv"),
        (str(inner / "a b"), "a%20b"),
        ("..#x", "..%23x"),
    ):
        (result,) = run_of(reports.report(reports.PANDAS), place=Place(path))["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_hostile_texts_are_text_and_never_links() -> None:
    results = run_of(reports.hostile(), place=Place(f"a/{os.sep}[x](y)"))["results"]
    for result in results:
        text = result["message"]["text"]
        assert all(line.isprintable() for line in text.split("\n"))
        assert "\\[x\\](javascript:alert(1))" in text


@settings(max_examples=50)
@given(st.lists(reports.reports, max_size=3))
def test_any_report_is_valid(told: list[Report]) -> None:
    run = run_of(*told)
    assert len(run["results"]) == sum(len(one.findings) + len(one.suppressed) for one in told)
