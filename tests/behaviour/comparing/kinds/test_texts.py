"""Words."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.comparing import edit_distance
from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.edit_distance import similarity
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import TextTolerance
from samestack.errors import RequestError

short = st.text("abc", max_size=8)


def texts(reference: Any, answer: Any, **given_options: Any) -> Judgement:
    return compare(Kind.TEXT, reference, answer, TextTolerance(**given_options))


def edits(first: str, second: str) -> int:
    """Levenshtein's distance, as his definition has it."""
    if not first or not second:
        return len(first) + len(second)
    if first[0] == second[0]:
        return edits(first[1:], second[1:])
    return 1 + min(edits(first[1:], second), edits(first, second[1:]), edits(first[1:], second[1:]))


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_similarity_is_what_the_edit_distance_leaves(first: str, second: str) -> None:
    longest = max(len(first), len(second), 1)
    assert similarity(first, second) == pytest.approx(1 - edits(first, second) / longest)


@given(short, short)
def test_longer_texts_are_never_said_to_be_nearer_than_they_are(first: str, second: str) -> None:
    exact = similarity(first, second)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edit_distance, "_MOST", 2)
        assert similarity(first, second) <= exact + 1e-12


def test_texts_that_are_compared_by_lines() -> None:
    before = [f"line {number} of a long report\n" for number in range(2000)]
    after = ["another beginning\n", *before[1:-1], "another end\n"]
    assert similarity("".join(before), "".join(after)) == pytest.approx(1 - 2 / 2000)


def test_letters_with_accents_are_the_same_however_they_are_composed() -> None:
    assert texts("caf\u00e9", "cafe\u0301").is_same
    assert not texts("caf\u00e9", "cafe").is_same


def test_case_and_blanks_count() -> None:
    assert not texts("Defect", "defect").is_same
    assert not texts("ok", "ok ").is_same
    assert not texts("ok", "ok\x00").is_same


def test_the_place_of_the_difference_is_shown() -> None:
    before = "The screw is missing; the seal is whole; nothing else was found."
    judgement = texts(before, before.replace("whole", "broken"))
    assert judgement.detail == (
        "...'issing; the seal is whole; nothing else '... -> ...'issing; the seal is broken; nothing else'..."
    )
    assert judgement.distance == pytest.approx(4 / 65)


def test_a_project_can_allow_edits() -> None:
    assert texts("abcdefghij", "abcdefghiX", ratio=0.9).is_same
    assert not texts("abcdefghij", "abcdefghXX", ratio=0.9).is_same


def test_a_project_can_say_what_matters() -> None:
    pattern = r"answer: (\w+)"
    assert texts("took 3 s, answer: yes", "took 7 s, answer: yes", pattern=pattern).is_same
    assert not texts("took 3 s, answer: yes", "took 3 s, answer: no", pattern=pattern).is_same
    assert not texts("took 3 s, answer: yes", "it failed", pattern=pattern).is_same
    assert texts("a1b22", "x1y22", pattern=r"\d+").is_same


def test_a_pattern_that_finds_nothing_in_the_reference_is_a_mistake() -> None:
    with pytest.raises(RequestError, match="it finds none"):
        texts("took 3 s", "took 3 s, answer: yes", pattern=r"answer: (\w+)")


def test_of_several_the_worst_counts() -> None:
    before = np.array(["one", "two", "three"])
    assert texts(before, before.copy()).is_same
    assert texts(before, np.array(["one", "twp", "seven"])).detail == "'three' -> 'seven' in text 2"
    assert texts(before, before[:2]).detail == "str of 3 -> str of 2"
