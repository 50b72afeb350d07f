"""Whether there are wheels, asked of a solver: here a stand-in, in ``tests/cli`` the real one."""

from collections.abc import Sequence

from samestack.advise.looks.wheels import wheels
from samestack.solve.oracle import Answer
from samestack.solve.problem import Wish


class Index:
    """An oracle over an index on which some packages have no wheel and some do not go together."""

    def __init__(self, *, without_wheels: frozenset[str] = frozenset(), conflict: bool = False) -> None:
        self._without, self._conflict = without_wheels, conflict

    def solve(self, wishes: Sequence[Wish]) -> Answer:
        texts = {wish.text for wish in wishes}
        if texts & self._without:
            return Answer(is_met=False, said="has no usable wheels and building from source is disabled")
        if self._conflict and len(texts) > 1:
            return Answer(is_met=False, said="alpha and beta exclude each other")
        return Answer(is_met=True, solution=tuple(sorted(texts)))


WISHES = (
    Wish(text="alpha", file="requirements.txt", line=1),
    Wish(text="beta", file="requirements.txt", line=2),
)


def test_everything_has_a_wheel() -> None:
    (signal,) = wheels(WISHES, Index())
    assert signal.name == "all-wheels"


def test_what_has_none_is_named_with_its_line() -> None:
    (signal,) = wheels(WISHES, Index(without_wheels=frozenset({"beta"})))
    assert signal.name == "no-wheels"
    assert [one.label for one in signal.evidence] == ["requirements.txt:2 beta"]


def test_a_conflict_says_nothing_of_wheels() -> None:
    assert list(wheels(WISHES, Index(conflict=True))) == []


def test_nothing_that_is_asked_for_needs_no_wheel() -> None:
    assert list(wheels((), Index())) == []
