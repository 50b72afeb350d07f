"""Groups that include each other."""

import pytest

from samestack.capture.readers.projects.dependency_groups import MAX_GROUPS, included_groups


def test_a_group_holds_all_that_it_includes_once() -> None:
    groups = included_groups({"All": ["test", "Lint_It"], "test": ["base"], "lint-it": ["base"], "base": []})
    assert groups["all"] == ("all", "test", "base", "lint-it")
    assert groups["base"] == ("base",)


@pytest.mark.parametrize(
    ("includes", "message"),
    [
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, "groups include each other in a circle: "),
        ({"a": ["a"]}, "in a circle: a -> a"),
        ({"a": ["b"]}, "includes 'b', a group that is not there"),
        ({"a_b": [], "A-b": []}, "two groups have the same name"),
        ({"!": []}, "not a package's name"),
        ({str(number): [] for number in range(MAX_GROUPS + 1)}, "more than 100 groups"),
    ],
)
def test_what_cannot_be_is_refused(includes: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        included_groups(includes)


def test_groups_that_include_two_each_are_no_burden() -> None:
    includes = {f"g{number}": [f"g{number + 1}", f"g{number + 1}"] for number in range(90)}
    assert len(included_groups({**includes, "g90": []})["g0"]) == 91
