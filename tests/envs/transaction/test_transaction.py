"""The old environment or the new one, whatever happens on the way; installers here only write a file."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from samestack.envs.transaction import journal, leftovers, transaction
from samestack.errors import OutsideError
from samestack.progress import SILENT, Reporter


class Writing:
    """Writes what it is told, then does what it is told to."""

    is_movable: ClassVar[bool] = True

    def __init__(self, text: str, then: Callable[[], None] = lambda: None) -> None:
        self.text, self.then = text, then

    def create(self, place: Path) -> None:
        assert not place.exists()
        place.mkdir()
        (place / "pyvenv.cfg").touch()

    def install(self, place: Path, reporter: Reporter) -> None:  # noqa: ARG002
        (place / "text").write_text(self.text)
        self.then()


class WritingInPlace(Writing):
    """As conda's: what it makes cannot be moved."""

    is_movable = False


class Undoing(Writing):
    """Knows the way back, or says that it does not."""

    def __init__(self, text: str, then: Callable[[], None], *, knows: bool) -> None:
        super().__init__(text, then)
        self.knows = knows

    def undo(self) -> bool:
        return self.knows


def fail() -> None:
    raise OutsideError("the index is gone")


def interrupt() -> None:
    raise KeyboardInterrupt


def text_of(place: Path) -> str | None:
    return (place / "text").read_text() if (place / "text").exists() else None


def beside(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if path != place)


@pytest.fixture(params=[Writing, WritingInPlace])
def kind(request: pytest.FixtureRequest) -> type[Writing]:
    chosen: type[Writing] = request.param
    return chosen


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / ".venv"


def test_a_new_one_is_there_and_nothing_else(place: Path, kind: type[Writing]) -> None:
    transaction.make(place, kind("new"), SILENT)
    assert text_of(place) == "new"
    assert beside(place) == []


def test_one_that_is_made_anew_takes_the_place_of_the_old(place: Path, kind: type[Writing]) -> None:
    transaction.make(place, kind("old"), SILENT)
    transaction.make(place, kind("new"), SILENT)
    assert text_of(place) == "new"
    assert beside(place) == []


@pytest.mark.parametrize("ending", [fail, interrupt])
def test_a_failure_leaves_the_old_one(place: Path, kind: type[Writing], ending: Callable[[], None]) -> None:
    transaction.make(place, kind("old"), SILENT)
    with pytest.raises((OutsideError, KeyboardInterrupt)):
        transaction.make(place, kind("new", ending), SILENT)
    assert text_of(place) == "old"
    assert beside(place) == []


@pytest.mark.parametrize("ending", [fail, interrupt])
def test_a_failure_leaves_nothing_where_nothing_was(
    place: Path, kind: type[Writing], ending: Callable[[], None]
) -> None:
    with pytest.raises((OutsideError, KeyboardInterrupt)):
        transaction.make(place, kind("new", ending), SILENT)
    assert not place.exists()
    assert beside(place) == []


def test_without_an_exchange_in_one_step_it_takes_two(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.envs.transaction.exchange.exchange", lambda _one, _other: False)
    transaction.make(place, Writing("old"), SILENT)
    transaction.make(place, Writing("new"), SILENT)
    assert text_of(place) == "new"
    assert beside(place) == []


def test_changes_in_place_have_a_journal_while_they_last(place: Path) -> None:
    seen = []
    transaction.make(place, Writing("old"), SILENT)
    transaction.change(place, Writing("new", lambda: seen.append(journal.is_open(place))), SILENT)
    assert seen == [True]
    assert not journal.is_open(place)
    assert text_of(place) == "new"


def test_the_journal_stays_after_a_failure_without_a_way_back(place: Path) -> None:
    transaction.make(place, Writing("old"), SILENT)
    with pytest.raises(OutsideError, match="the index is gone"):
        transaction.change(place, Writing("new", fail), SILENT)
    assert journal.is_open(place)


@pytest.mark.parametrize("knows", [True, False])
def test_the_journal_ends_where_an_installer_has_gone_back(place: Path, *, knows: bool) -> None:
    transaction.make(place, Writing("old"), SILENT)
    with pytest.raises(OutsideError, match="the index is gone"):
        transaction.change(place, Undoing("new", fail, knows=knows), SILENT)
    assert journal.is_open(place) is not knows


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutsideError, match="cannot be made"):
        transaction.make(tmp_path / "file/.venv", WritingInPlace("new"), SILENT)


def test_what_a_dead_process_has_left_is_cleaned(place: Path) -> None:
    transaction.make(place, Writing("old"), SILENT)
    Writing("half").create(leftovers.building(place))
    Writing("older").create(leftovers.replaced(place))
    assert leftovers.are_there(place)
    leftovers.clean(place)
    assert text_of(place) == "old"
    assert beside(place) == []
    assert not leftovers.are_there(place)


def test_an_environment_that_was_moved_away_and_not_replaced_comes_back(place: Path) -> None:
    transaction.make(place, Writing("old"), SILENT)
    place.rename(leftovers.replaced(place))
    Writing("half").create(leftovers.building(place))
    leftovers.clean(place)
    assert text_of(place) == "old"
    assert beside(place) == []


def test_one_that_was_being_made_in_its_place_goes_and_the_earlier_one_comes_back(place: Path) -> None:
    transaction.make(place, WritingInPlace("old"), SILENT)
    place.rename(leftovers.replaced(place))
    leftovers.unfinished(place).touch()
    Writing("half").create(place)
    leftovers.clean(place)
    assert text_of(place) == "old"
    assert beside(place) == []


def test_the_leftovers_of_other_environments_are_not_touched(place: Path) -> None:
    other = place.with_name(".venv2")
    half_made = leftovers.building(other)
    half_made.mkdir()
    leftovers.clean(place)
    assert half_made.exists()


def test_deleting_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    leftovers.delete(tmp_path / "nothing")
