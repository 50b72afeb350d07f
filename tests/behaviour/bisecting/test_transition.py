"""Where a row turns from good to bad."""

from collections.abc import Sequence
from math import ceil, log2

from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.transition import transition

ANSWERS = {"g": Answer.GOOD, "b": Answer.BAD, "u": Answer.UNRESOLVED}


class Row:
    def __init__(self, text: str) -> None:
        self.answers = [ANSWERS[one] for one in text]
        self.asked: list[int] = []

    def __call__(self, places: Sequence[int]) -> list[Answer]:
        self.asked.extend(places)
        return [self.answers[place] for place in places]


@given(st.lists(st.sampled_from("gbu"), max_size=40).map("".join), st.integers(min_value=1, max_value=4))
def test_what_is_next_to_the_step_is_good_and_bad_and_between_is_nothing_that_answers(
    text: str, workers: int
) -> None:
    row = Row(text)
    found = transition(len(text), row, workers=workers)
    assert found.last_good == -1 or text[found.last_good] == "g"
    assert found.first_bad == len(text) or text[found.first_bad] == "b"
    assert {text[place] for place in found.untold} <= {"u"}
    assert found.untold == tuple(range(found.last_good + 1, found.first_bad))
    assert len(row.asked) == len(set(row.asked))


@given(st.integers(min_value=0, max_value=200), st.data())
def test_a_row_that_turns_once_is_halved(length: int, data: st.DataObject) -> None:
    good = data.draw(st.integers(min_value=0, max_value=length))
    row = Row("g" * good + "b" * (length - good))
    found = transition(length, row)
    assert (found.last_good, found.first_bad) == (good - 1, good)
    assert len(row.asked) <= ceil(log2(length + 1))
