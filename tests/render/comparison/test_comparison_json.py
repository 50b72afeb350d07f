"""A comparison as JSON for programs."""

import json

import msgspec
from hypothesis import given, settings

from samestack.compare.difference import Comparison
from samestack.render.comparison.comparison_json import DiffDocument, encode_comparison
from tests.render.comparisons import comparisons
from tests.render.samples import environment_and_wish, equal, two_environments


@settings(max_examples=50)
@given(comparisons)
def test_what_is_written_is_read_back(comparison: Comparison) -> None:
    document = msgspec.json.decode(encode_comparison(comparison), type=DiffDocument)
    assert (document.before, document.after) == (comparison.before, comparison.after)
    assert document.differences == comparison.differences
    assert document.is_equal == comparison.is_equal


def test_counts_add_up() -> None:
    counts = json.loads(encode_comparison(two_environments()))["counts"]
    assert (
        sum(counts["risks"].values())
        == sum(counts["layers"].values())
        == counts["relations"]["differs"]
        == 24
    )
    counts = json.loads(encode_comparison(environment_and_wish()))["counts"]
    assert counts["relations"] == {"differs": 1, "agrees": 1, "unstated": 13, "undecided": 1}


def test_equal_environments_say_so() -> None:
    document = json.loads(encode_comparison(equal()))
    assert document["schema"] == "samestack/diff/1"
    assert document["is_equal"] is True
    assert document["counts"] == {"relations": {}, "risks": {}, "layers": {}}
