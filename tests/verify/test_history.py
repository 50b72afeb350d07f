"""What an index tells of the past, from an index that fits in a dictionary."""

from datetime import UTC, date, datetime

from samestack.solve.metadata import Refusal
from samestack.solve.problem import Wish
from samestack.verify.history import History
from samestack.verify.search.world import Failure, Selection
from tests.solve.small_index import SmallIndex

BETA = ("1.0", "1.1", "2.0rc1", "2.0", "2.1")
INDEX = SmallIndex(
    {"alpha": {"1.0": []}, "beta": {version: [] for version in BETA}, "silent": {"1.0": []}},
    refusals={("beta", "1.1"): Refusal(layer="python", why="Python 3.7")},
    uploads={
        ("alpha", "1.0"): datetime(2022, 2, 3, 23, 30, tzinfo=UTC),
        **{
            ("beta", version): datetime(2021 + number, 6, 1, tzinfo=UTC)
            for number, version in enumerate(BETA)
        },
    },
)
FAILS = (Failure(package="alpha", cause="import-failure"),)
SELECTION = Selection((("alpha", "1.0"), ("beta", "2.1"), ("silent", "1.0")))


def history(*wishes: str, last_day: date | None = None) -> History:
    return History(metadata=INDEX, wishes=tuple(Wish(text=one) for one in wishes), last_day=last_day)


def test_the_day_of_the_pins_comes_first_then_that_of_what_fails() -> None:
    days = list(history("beta==2.0").days(FAILS, SELECTION))
    assert [(name, past.day) for name, past in days] == [
        ("", date(2024, 6, 2)),
        ("alpha", date(2022, 2, 4)),
    ]
    assert days[1][1].why == "alpha 1.0 was uploaded on 2022-02-03"


def test_what_fails_twice_tells_its_day_once() -> None:
    twice = (*FAILS, Failure(package="alpha", cause="known-break"))
    assert len(list(history("beta").days(twice, SELECTION))) == 1


def test_without_pins_and_dates_no_day_is_told() -> None:
    silent = (Failure(package="silent", cause="import-failure"),)
    assert list(history("beta>=1").days(silent, SELECTION)) == []


def test_only_days_before_that_of_the_lock_count() -> None:
    assert list(history("alpha==1.0", last_day=date(2022, 2, 4)).days(FAILS, SELECTION)) == []
    assert len(list(history("alpha==1.0", last_day=date(2022, 2, 5)).days(FAILS, SELECTION))) == 2


def test_the_newest_of_a_day_is_none_that_cannot_be_chosen() -> None:
    assert history().newest_before("beta", date(2024, 6, 1)) == "1.0"
    assert history().newest_before("beta", date(2024, 6, 2)) == "2.0"
    assert history().newest_before("beta", date(2021, 6, 1)) is None
    assert history().newest_before("unknown", date(2024, 6, 1)) is None


def test_releases_between_two_are_those_that_can_be_chosen() -> None:
    assert history().between("beta", "1.0", "2.1") == ("2.0", "2.1")
    assert history().between("beta", "2.0", "2.0") == ()
