"""The published JSON Schemas are those of the code, and what is written is valid by them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docs.generate import DOCUMENTS, SCHEMA_DIRECTORY, generated, json_schema
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.check.report import Report
from samestack.codec import SNAPSHOT_SCHEMA, encode_snapshot
from samestack.compare.difference import Comparison
from samestack.model import Snapshot
from samestack.render.comparison.comparison_json import DIFF_SCHEMA, encode_comparison
from samestack.render.findings.findings_json import CHECK_SCHEMA, encode_findings
from tests.render import reports, samples
from tests.render.comparisons import comparisons
from tests.strategies import snapshots


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


SNAPSHOTS, DIFFS, CHECKS = validator(SNAPSHOT_SCHEMA), validator(DIFF_SCHEMA), validator(CHECK_SCHEMA)


def test_the_committed_files_are_current() -> None:
    texts = generated()
    assert {path: path.read_text(encoding="utf-8") for path in texts} == texts, "run: make docs"
    assert set(SCHEMA_DIRECTORY.iterdir()) == set(texts)


@settings(max_examples=50)
@given(snapshots)
def test_snapshots_are_valid(snapshot: Snapshot) -> None:
    SNAPSHOTS.validate(json.loads(encode_snapshot(snapshot)))


@settings(max_examples=50)
@given(comparisons)
def test_comparisons_are_valid(comparison: Comparison) -> None:
    DIFFS.validate(json.loads(encode_comparison(comparison)))


@settings(max_examples=50)
@given(st.lists(reports.reports, max_size=3))
def test_findings_are_valid(told: list[Report]) -> None:
    document = json.loads(encode_findings(told))
    CHECKS.validate(document)
    assert sum(document["counts"].values()) == sum(len(one.findings) for one in told)
    assert document["has_passed"] == all(one.has_passed for one in told)


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", "samestack/diff/2"), ("more", 1), ("differences", [{"relation": "differs"}])],
)
def test_other_documents_are_not(key: str, value: Any) -> None:
    document = json.loads(encode_comparison(samples.two_environments()))
    assert not DIFFS.is_valid({**document, key: value})


def test_everything_is_described() -> None:
    for name in DOCUMENTS:
        definitions = json_schema(name)["$defs"].values()
        assert all(one["description"] for one in definitions)
    digest = json_schema(SNAPSHOT_SCHEMA)["$defs"]["SnapshotDocument"]["properties"]["digest"]
    assert digest["description"].startswith("The stack's digest")


def test_the_files_are_where_the_documentation_says() -> None:
    page = (SCHEMA_DIRECTORY.parent / "output.md").read_text(encoding="utf-8")
    assert all(f"schemas/{Path(path).name}" in page for path in generated())
