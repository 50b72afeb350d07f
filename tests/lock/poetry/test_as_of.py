"""Days, in Poetry's counting."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import RequestError
from samestack.lock.poetry.as_of import check_can_go_back, note_of, settings_as_of
from samestack.lock.poetry.poetry_call import PoetryCall
from samestack.lock.poetry.poetry_program import PoetryProgram

NOW = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(NOW, st.dates(min_value=datetime(1995, 1, 1).date(), max_value=datetime(2095, 1, 1).date()))  # noqa: DTZ001
def test_the_limit_lies_within_the_day(now: datetime, day: datetime) -> None:
    """All from before the day can be had, and nothing from after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    settings = settings_as_of(day.isoformat(), now)
    if not settings:
        assert start > now - timedelta(days=1)
        return
    (age,) = map(int, settings.values())
    assert start <= now - timedelta(days=age) < start + timedelta(days=1)


def test_no_day_is_no_setting() -> None:
    assert settings_as_of("", datetime.now(UTC)) == {}


def test_the_note_tells_until_when() -> None:
    assert "until 07:05 UTC of 2022-03-01" in note_of("2022-03-01", datetime(2026, 1, 1, 7, 5, tzinfo=UTC))


def test_a_poetry_without_the_setting(tmp_path: Path) -> None:
    old = tmp_path / "poetry"
    old.write_text("#!/bin/sh\necho 'There is no such setting.' >&2\nexit 1\n")
    old.chmod(0o755)
    program = PoetryProgram(words=(str(old),), version="2.3.4", source="PATH")
    call = PoetryCall(program=program, directory=tmp_path, environment=tmp_path, nowhere=tmp_path / "no")
    with pytest.raises(RequestError, match=r"Poetry 2\.3\.4 cannot lock as of a day"):
        check_can_go_back(call)
