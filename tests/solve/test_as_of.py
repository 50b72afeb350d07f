"""The age of pins: the day after the newest of them was released, or why it cannot be told."""

from datetime import UTC, date, datetime

import pytest

from samestack.solve.as_of import day_of_pins
from samestack.solve.problem import Wish
from tests.solve.small_index import SmallIndex

INDEX = SmallIndex(
    {"old": {"1.0": [], "2.0": []}, "new": {"3.0": []}, "silent": {"1.0": []}},
    uploads={
        ("old", "1.0"): datetime(2019, 5, 6, 7, tzinfo=UTC),
        ("old", "2.0"): datetime(2024, 5, 6, 7, tzinfo=UTC),
        ("new", "3.0"): datetime(2022, 6, 16, 23, 59, tzinfo=UTC),
    },
)


@pytest.mark.parametrize(
    ("texts", "day", "reason"),
    [
        (("old==1.0",), date(2019, 5, 7), "old 1.0 was uploaded on 2019-05-06"),
        (
            ("old==1.0.0", "new==3.0", "other>=1"),
            date(2022, 6, 17),
            "new 3.0 is the newest of 2 pinned releases and was uploaded on 2022-06-16",
        ),
        (
            ("old==1.0", "silent==1.0"),
            date(2019, 5, 7),
            (
                "old 1.0 is the newest of 2 pinned releases and was uploaded on 2019-05-06; of 1 the index "
                "does not tell when"
            ),
        ),
        (("old>=1", "new==3.*"), None, "no requirement is pinned to a release, so that none tells its age"),
        (("silent==1.0",), None, "the index does not tell when the pinned releases were uploaded"),
    ],
)
def test_the_newest_pin_tells_the_day(texts: tuple[str, ...], day: date | None, reason: str) -> None:
    told = day_of_pins([Wish(text=text) for text in texts], INDEX)
    assert (told.day, told.reason) == (day, reason)


def test_what_is_installed_tells_nothing_of_the_age_of_the_project() -> None:
    facts = [Wish(text="old==2.0", is_fixed=True), Wish(text="old==1.0")]
    assert day_of_pins(facts, INDEX).day == date(2019, 5, 7)
