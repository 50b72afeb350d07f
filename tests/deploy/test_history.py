"""Laws of histories: what was appended is read; what was altered, lost or half written is told."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.deploy.entry import Entry, Outcome
from samestack.deploy.history import History, history_path, parsed_history, read_history
from samestack.deploy.journal import Journal, held_journal
from samestack.errors import InputError, RequestError

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def promotions(draw: st.DrawFn) -> list[Entry]:
    """Promotions one after the other, the last of which may have no outcome."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(1, 5))):
        entry = Entry(
            schema="samestack/deployment/1",
            promotion=f"{number:032x}",
            environment="staging",
            outcome=Outcome.INTENDED,
            digest=f"sha256:{number:064x}",
            who=draw(texts),
            when="2026-11-25T13:36:52Z",
            message=draw(texts),
        )
        ended = draw(st.sampled_from([one for one in Outcome if one is not Outcome.INTENDED]))
        entries += [entry, msgspec.structs.replace(entry, outcome=ended)]
    return entries[: len(entries) - draw(st.integers(0, 1))]


def written(directory: Path, entries: Iterable[Entry]) -> tuple[bytes, History]:
    """The file after appending, and what it says."""
    with held_journal(directory, "staging", "ada", "now") as journal:
        for entry in entries:
            journal.append(entry)
        path = history_path(directory, "staging")
        return path.read_bytes() if path.exists() else b"", journal.history


def parsed(data: bytes) -> History:
    return parsed_history(data, "staging", "staging.jsonl")


@given(promotions())
@settings(max_examples=40, deadline=None)
def test_what_was_appended_is_read(entries: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as name:
        _, history = written(Path(name), entries)
        found = [msgspec.structs.replace(one, chain="") for one in history.entries]
        assert found == entries
        assert history.unfinished == (history.entries[-1] if len(entries) % 2 else None)
        assert not history.is_torn


@given(promotions(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_crash_while_appending_costs_the_line_at_most(entries: list[Entry], data: st.DataObject) -> None:
    """Whatever part of the last line is on the disk: the lines before count, and the next append mends it."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        whole, _ = written(directory, entries[:-1])
        full, _ = written(directory, entries[-1:])
        length = data.draw(st.integers(len(whole), len(full)))
        history_path(directory, "staging").write_bytes(full[:length])

        torn = read_history(directory, "staging")
        has_last = length >= len(full) - 1
        assert len(torn.entries) == len(entries) - 1 + int(has_last)
        assert torn.is_torn == (len(whole) < length < len(full) - 1)
        if not has_last:
            mended, _ = written(directory, entries[-1:])
            assert mended == full


@given(promotions(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_byte_that_was_altered_is_told(entries: list[Entry], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        whole, history = written(Path(name), entries)
    lines = whole.splitlines(keepends=True)
    if len(lines) < 2:
        return
    end = len(b"".join(lines[:-1])) - 1  # the last line is held by nothing but a signature
    place = data.draw(st.integers(0, end - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    altered = whole[:place] + bytes([byte]) + whole[place + 1 :]
    with pytest.raises(InputError, match="line"):
        parsed(altered)
    assert parsed(whole) == history._replace(file="staging.jsonl")


@given(promotions(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_line_that_was_taken_away_or_moved_is_told(entries: list[Entry], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        whole, _ = written(Path(name), entries)
    lines = whole.splitlines(keepends=True)
    if len(lines) < 2:
        return
    number = data.draw(st.integers(0, len(lines) - 2))
    with pytest.raises(InputError):
        parsed(b"".join(lines[:number] + lines[number + 1 :]))
    with pytest.raises(InputError):
        parsed(b"".join([*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]]))


def test_git_may_change_how_lines_end(tmp_path: Path) -> None:
    entry = Entry(
        schema="samestack/deployment/1",
        promotion="1" * 32,
        environment="staging",
        outcome=Outcome.INTENDED,
        digest="sha256:1",
        who="ada",
        when="now",
    )
    whole, history = written(tmp_path, [entry, msgspec.structs.replace(entry, outcome=Outcome.APPLIED)])
    assert parsed(whole.replace(b"\n", b"\r\n")).head == history.head


def test_what_is_no_history_is_told_by_its_line(tmp_path: Path) -> None:
    path = history_path(tmp_path, "staging")
    path.parent.mkdir()
    path.write_bytes(b'{"schema": 3}\n')
    with pytest.raises(InputError, match=r"staging\.jsonl: line 1: not an entry"):
        Journal(tmp_path, "staging")
    assert read_history(tmp_path, "production") == History(file=str(history_path(tmp_path, "production")))


def test_one_at_a_time_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with held_journal(tmp_path, "staging", "Ada", "2026-11-25T12:00:00Z"):
        with pytest.raises(RequestError, match="staging is being deployed to by Ada, since 2026-11-25T12:00"):
            held_journal(tmp_path, "staging", "Bob", "later").__enter__()
        with held_journal(tmp_path, "production", "Bob", "later"):
            pass
    assert [one.name for one in (tmp_path / "deployments").iterdir()] == []
