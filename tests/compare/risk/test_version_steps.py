"""How far apart two versions are."""

import pytest
from hypothesis import given

from samestack.compare.risk import StepKind, version_step
from tests.strategies import versions


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("1.2.3", "1.2.4", StepKind.BUG_FIX),
        ("1.2", "1.2.0.1", StepKind.BUG_FIX),
        ("1.2.3", "1.3.0", StepKind.MINOR),
        ("1.2.3", "2.0.0", StepKind.MAJOR),
        ("0.2.3", "0.3.0", StepKind.INITIAL),
        ("0.2.3", "0.2.4", StepKind.BUG_FIX),
        ("0.9", "1.0", StepKind.MAJOR),
        ("1!1.0", "2!1.0", StepKind.MAJOR),
        ("2023.1", "2024.1", StepKind.CALENDAR),
        ("2023.1", "2.0", StepKind.MAJOR),
        ("1.0rc1", "1.0", StepKind.PRE_RELEASE),
        ("1.0.dev3", "2.0", StepKind.PRE_RELEASE),
        ("1.0", "1.0.post1", StepKind.REBUILD),
        ("1.0+cpu", "1.0+cu118", StepKind.REBUILD),
        ("1.0", "1.0.0", StepKind.REBUILD),
        ("1.1.1w", "3.0.2", StepKind.UNREADABLE),
        ("9" * 5000, "1", StepKind.UNREADABLE),
    ],
)
def test_the_first_number_that_differs_says_how_far_a_step_goes(
    before: str, after: str, kind: StepKind
) -> None:
    assert version_step(before, after).kind is kind
    assert version_step(after, before).kind is kind


def test_a_downgrade_is_known() -> None:
    assert version_step("2.0", "1.9").is_downgrade
    assert not version_step("1.9", "1.10").is_downgrade


@given(versions, versions)
def test_there_and_back_is_one_kind_of_step(one: str, other: str) -> None:
    assert version_step(one, other).kind is version_step(other, one).kind
    assert not (version_step(one, other).is_downgrade and version_step(other, one).is_downgrade)
