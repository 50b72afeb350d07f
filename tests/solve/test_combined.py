"""Two explanations together."""

from samestack.solve.combined import combined
from samestack.solve.explanation import Edit, Explanation, Relaxation
from samestack.solve.problem import Problem, Target, Wish


def explanation(text: str, *distances: float, is_met: bool = False) -> Explanation:
    wish = Wish(text=text)
    return Explanation(
        problem=Problem(wishes=(wish,), target=Target(python="3.12")),
        is_met=is_met,
        solution=(f"{text}==1",) if is_met else (),
        relaxations=tuple(
            Relaxation(
                edits=(Edit(wish=wish, replacement=f"{text}>={distance}"),),
                distance=distance,
                solution=(f"{text}=={distance}",),
            )
            for distance in distances
        ),
        solves=3,
    )


def test_both_have_to_be_met() -> None:
    assert combined(explanation("a", is_met=True), explanation("b", is_met=True)).solution == ("a==1", "b==1")
    one = combined(explanation("a", is_met=True), explanation("b", 1, 2))
    assert not one.is_met
    assert one.solution == ()
    assert one.solves == 6
    assert [relaxation.solution for relaxation in one.relaxations] == [("a==1", "b==1"), ("a==1", "b==2")]


def test_a_way_out_of_both_is_one_of_each() -> None:
    found = combined(explanation("a", 1, 5), explanation("b", 2, 3)).relaxations
    assert [one.distance for one in found] == [3, 4, 7, 8]
    assert [edit.replacement for edit in found[0].edits] == ["a>=1", "b>=2"]


def test_without_a_way_out_of_one_there_is_none() -> None:
    assert combined(explanation("a", 1), explanation("b")).relaxations == ()
