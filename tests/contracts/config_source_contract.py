"""What every kind of source does, whatever it reads: see ``config_source_cases.py`` for how a kind joins."""

import traceback
from collections.abc import Mapping

import msgspec
import pytest

from samestack.config.entry import Entry
from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import SamestackError
from samestack.outside.source_error import Reason, SourceError
from tests.contracts.config_source_cases import SourceCase

CANARY = "canary-5d1f0c7e9b"
VALUES = {
    "API_KEY": CANARY,
    "DATABASE__URL": f"postgresql://app:{CANARY}@db.internal:5432/app?x=1#y",
    "DATABASE__POOL__SIZE": "20",
    "GREETING": f"Grüß Gott, ${{HOME}} 'and' \"so on\" \\ {CANARY}",
    "MAX_WORKERS": "2",
}


def asked(question: Question, names: Mapping[str, str] | frozenset[str]) -> Question:
    """The question of a project whose schema knows these names."""
    return msgspec.structs.replace(question, names=frozenset(names))


def values_of(entries: tuple[Entry, ...]) -> dict[str, object]:
    """The values by variable; no variable comes twice."""
    assert len({entry.name for entry in entries}) == len(entries)
    return {entry.name: entry.value for entry in entries}


def found_or_reason(kind: SourceKind, question: Question) -> tuple[Entry, ...] | Reason:
    """What a source says, or why it says nothing."""
    try:
        return kind.read(question)
    except SourceError as error:
        return error.reason


class SourceContract:
    """The contract. A subclass named ``Test...`` has a fixture ``case`` that gives a :class:`SourceCase`."""

    @pytest.fixture
    def kind(self, case: SourceCase) -> SourceKind:
        """The kind, as the resolver finds it."""
        return source_kind(case.kind)

    def test_it_has_the_name_that_finds_it(self, case: SourceCase, kind: SourceKind) -> None:
        assert kind.name == case.kind
        assert kind.summary
        assert "\n" not in kind.summary

    def test_names_in_capitals_nested_ones_joined_and_values_whole(
        self, case: SourceCase, kind: SourceKind
    ) -> None:
        assert values_of(kind.read(asked(case.plant(VALUES), VALUES))) == VALUES

    def test_a_variable_that_is_asked_for_need_not_be_there(self, case: SourceCase, kind: SourceKind) -> None:
        question = asked(case.plant(VALUES), frozenset({*VALUES, "REGION"}))
        assert values_of(kind.read(question)) == VALUES

    def test_origins_say_where_without_values(self, case: SourceCase, kind: SourceKind) -> None:
        for entry in kind.read(asked(case.plant(VALUES), VALUES)):
            assert entry.origin.rank is kind.rank
            assert entry.origin.source
            assert bool(entry.origin.place) is case.tells_place
            assert bool(entry.origin.changed) is case.tells_change
            assert CANARY not in f"{entry.origin} {entry.origin!r}"

    def test_unknown_names_are_left_out_or_kept(self, case: SourceCase, kind: SourceKind) -> None:
        found = values_of(kind.read(asked(case.plant(VALUES), frozenset({"MAX_WORKERS", "REGION"}))))
        assert found == ({"MAX_WORKERS": "2"} if case.asks_names else VALUES)

    def test_a_place_with_nothing_has_no_variables(self, case: SourceCase, kind: SourceKind) -> None:
        question = asked(case.plant({}), VALUES)
        assert found_or_reason(kind, question) in {(), Reason.EMPTY}

    def test_a_place_that_is_not_there(self, case: SourceCase, kind: SourceKind) -> None:
        question = case.absent()
        if question is None:
            assert kind.read(asked(case.plant({}), VALUES)) == ()
            return
        for ask in filter(None, (kind.read, kind.present, kind.revision)):
            with pytest.raises(SourceError) as caught:
                ask(asked(question, VALUES))
            assert caught.value.reason in {Reason.MISSING, Reason.EMPTY}
            assert caught.value.source in caught.value.message

    def test_presence_agrees_with_what_is_read(self, case: SourceCase, kind: SourceKind) -> None:
        question = asked(case.plant(VALUES), VALUES)
        if kind.present is not None:
            assert [name for name, _ in kind.present(question)] == [e.name for e in kind.read(question)]
            by_name = {entry.name: entry.origin for entry in kind.read(question)}
            for name, origin in kind.present(question):
                assert (origin.source, origin.rank) == (by_name[name].source, by_name[name].rank)
                assert CANARY not in repr(origin)

    def test_the_revision_changes_when_something_in_it_did(self, case: SourceCase, kind: SourceKind) -> None:
        if kind.revision is None:
            return
        question = asked(case.plant(VALUES), VALUES)
        before = kind.revision(question)
        assert kind.revision(question) == before
        assert CANARY not in before
        after = kind.revision(asked(case.plant({**VALUES, "MAX_WORKERS": "31"}), VALUES))
        assert after != before
        fewer = {name: value for name, value in VALUES.items() if name != "API_KEY"}
        assert kind.revision(asked(case.plant(fewer), VALUES)) not in {before, after}

    def test_a_second_reading_finds_what_is_there_now(self, case: SourceCase, kind: SourceKind) -> None:
        kind.read(asked(case.plant(VALUES), VALUES))
        now = {**VALUES, "MAX_WORKERS": "31"}
        assert values_of(kind.read(asked(case.plant(now), VALUES))) == now

    def test_no_representation_shows_a_value(self, case: SourceCase, kind: SourceKind) -> None:
        question = asked(case.plant(VALUES), VALUES)
        entries = kind.read(question)
        assert len(entries) == len(VALUES)
        assert CANARY not in f"{entries!r} {entries} {question!r} {question}"

    def test_no_error_shows_a_value(self, case: SourceCase, kind: SourceKind) -> None:
        if not case.malformed:
            return
        with pytest.raises(SamestackError) as caught:
            kind.read(case.malform(CANARY))
        error = caught.value
        assert CANARY not in f"{error.message} {error.hint} {error!r}"
        assert CANARY not in "".join(traceback.format_exception(error))
