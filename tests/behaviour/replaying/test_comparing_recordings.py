"""What of two recordings differs, and what does not."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.settings import FieldSetting, Settings
from samestack.behaviour.recording.recording import EVERYTHING, Input, Outcome
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.executions import ENDING
from samestack.behaviour.replaying.replayed import Verdict
from samestack.errors import RequestError
from tests.behaviour.recording.recordings import recording_of
from tests.behaviour.replaying.replays import defects, field, replay_of


def test_the_same_answers_are_the_same() -> None:
    replayed = replay_of(defects(), defects())
    assert replayed.verdict is Verdict.SAME
    assert not replayed.is_alarm
    assert replayed.changed == {}
    assert all(one.compared == 4 for one in replayed.fields)


def test_what_differs_is_told_by_input_and_field() -> None:
    replayed = replay_of(defects(), defects(0.1))
    assert replayed.verdict is Verdict.DIFFERS
    assert (replayed.chance.alike, replayed.chance.divisions) == (1, 56)
    assert {one.name: one.changed for one in replayed.fields} == {
        "score": 3,
        "probabilities": 3,
        "marked": 3,
        "label": 1,
        "found.count": 0,
    }
    assert list(replayed.changed) == ["plate-1.png", "plate-2.png", "plate-3.png"]
    worst = field(replayed, "label").differences[0]
    assert (worst.input, worst.before, worst.after, worst.runs) == ("plate-1.png", "defect", "ok", 5)


def test_what_is_within_tolerance_is_the_same() -> None:
    before, after = {"a": {"score": 0.5}}, {"a": {"score": 0.5 + 1e-8}}
    assert replay_of(before, after).verdict is Verdict.SAME


def test_noise_widens_what_is_allowed() -> None:
    runs = [{"a": {"score": 0.5 + shift}} for shift in (0, 1e-3, 2e-3)]
    near, far = {"a": {"score": 0.505}}, {"a": {"score": 0.515}}
    assert compare_recordings(recording_of(*runs), recording_of(*[near] * 5)).verdict is Verdict.SAME
    assert compare_recordings(recording_of(*runs), recording_of(*[far] * 5)).verdict is Verdict.DIFFERS


def test_a_label_that_wavers_is_no_alarm() -> None:
    before: list[Any] = [{"a": {"label": label, "n": 1}} for label in ("ok", "ok", "ok")]
    after: list[Any] = [{"a": {"label": label, "n": 1}} for label in ("ok", "defect", "ok", "ok", "ok")]
    replayed = compare_recordings(recording_of(*before), recording_of(*after))
    assert replayed.verdict is Verdict.CHANCE
    assert not replayed.is_alarm
    assert field(replayed, "label").is_wavering
    assert field(replayed, "label").differences[0].runs == 1
    assert replayed.changed == {}


def test_a_field_that_wavers_is_told_from_one_that_changed() -> None:
    before: list[Any] = [{"a": {"label": "ok", "n": 1}}] * 3
    after: list[Any] = [{"a": {"label": label, "n": 2}} for label in ("ok", "defect", "ok", "ok", "ok")]
    replayed = compare_recordings(recording_of(*before), recording_of(*after))
    assert replayed.is_alarm
    assert [one.field for one in replayed.differences] == ["n"]
    assert field(replayed, "label").is_wavering


def test_fields_that_are_gone_or_new_differ() -> None:
    replayed = replay_of({"a": {"label": "ok", "old": 1}}, {"a": {"label": "ok", "new": 2.5}})
    told = {one.field: one.judgement.detail for one in replayed.differences}
    assert told == {"old": "gone: 1", "new": "new: 2.5"}


def test_a_field_that_comes_and_goes_may_be_gone() -> None:
    before = [{"a": {"label": "ok", "remark": "unsure"}}, {"a": {"label": "ok"}}, {"a": {"label": "ok"}}]
    after = {"a": {"label": "ok"}}
    assert compare_recordings(recording_of(*before), recording_of(*[after] * 5)).verdict is Verdict.SAME


def test_another_type_is_a_difference_of_its_own() -> None:
    replayed = replay_of(
        {"a": {"sum": np.array([1, 2], np.int32)}}, {"a": {"sum": np.array([1, 2], np.uint16)}}
    )
    assert {one.field: one.judgement.detail for one in replayed.differences} == {
        "sum.dtype": "int32 -> uint16"
    }


def test_an_answer_of_another_kind_differs() -> None:
    boxes: Any = np.array([[0.0, 0.0, 10.0, 10.0]])
    replayed = replay_of({"a": {"boxes": boxes}}, {"a": {"boxes": "none"}})
    assert replayed.is_alarm
    assert field(replayed, "boxes").differences[0].runs == 5


def test_boxes_may_come_in_another_order_with_what_belongs_to_them() -> None:
    before = {
        "found.box": np.array([[0.0, 0, 10, 10], [50, 50, 80, 90]]),
        "found.label": np.array(["a", "b"]),
    }
    after = {"found.box": before["found.box"][::-1].copy(), "found.label": np.array(["b", "a"])}
    assert replay_of({"a": before}, {"a": after}).verdict is Verdict.SAME
    swapped = {**after, "found.label": np.array(["a", "b"])}
    assert [one.field for one in replay_of({"a": before}, {"a": swapped}).differences] == ["found.label"]


def test_how_a_program_ends_is_compared() -> None:
    answers: Any = {"a": {"n": 1}, "b": {"n": 1}}
    crashed = {"a": Outcome(signal="SIGSEGV", messages="Traceback\nlast words\n")}
    replayed = compare_recordings(
        recording_of(*[answers] * 3),
        recording_of(*[{"a": {}, "b": {"n": 1}}] * 5, outcomes=[crashed] * 5),
    )
    (difference,) = replayed.differences
    assert (difference.input, difference.field) == ("a", ENDING)
    assert difference.judgement.detail == "well -> died of SIGSEGV: last words"


def test_a_program_that_always_ends_with_a_status_is_compared_by_its_answers() -> None:
    ended = [{"a": Outcome(status=1)}]
    before, after = {"a": {"found": 3}}, {"a": {"found": 4}}
    same = compare_recordings(
        recording_of(*[before] * 3, outcomes=ended * 3), recording_of(*[before] * 5, outcomes=ended * 5)
    )
    other = compare_recordings(
        recording_of(*[before] * 3, outcomes=ended * 3), recording_of(*[after] * 5, outcomes=ended * 5)
    )
    assert (same.verdict, other.verdict) == (Verdict.SAME, Verdict.DIFFERS)
    assert same.notes == ("1 of 1 executions fail as they did when recorded: status 1",)


@pytest.mark.parametrize("runs", [1, 3])
def test_a_kind_that_the_recording_is_not_of_is_an_error(runs: int) -> None:
    said = Settings(fields={"label": FieldSetting(place="x", kind=Kind.EMBEDDING)})
    with pytest.raises(RequestError, match="label: 'ok' cannot be compared as vectors"):
        compare_recordings(
            recording_of(*[{"a": {"label": "ok"}}] * runs), recording_of({"a": {"label": "no"}}), said
        )


def test_an_answer_that_is_not_of_the_kind_that_a_project_says_differs() -> None:
    said = Settings(fields={"found": FieldSetting(place="x", kind=Kind.BOXES)})
    boxes: Any = np.array([[0.0, 0.0, 10.0, 10.0]])
    replayed = replay_of({"a": {"found": boxes}}, {"a": {"found": "none"}}, said)
    assert replayed.is_alarm
    assert replayed.differences[0].judgement.detail == "float64 of 1 x 4 -> 'none'"


def test_what_only_all_inputs_tell_is_judged_once() -> None:
    said = Settings(fields={"score": FieldSetting(place="x", kind=Kind.DISTRIBUTION)})
    before = {str(number): {"score": float(number)} for number in range(40)}
    shuffled = {str(number): {"score": float(39 - number)} for number in range(40)}
    moved = {str(number): {"score": float(number + 30)} for number in range(40)}
    assert replay_of(before, shuffled, said).verdict is Verdict.SAME
    replayed = replay_of(before, moved, said)
    (difference,) = replayed.differences
    assert difference.input is None
    assert field(replayed, "score").compared == 1
    assert replayed.changed == {}
    assert replayed.is_alarm


def test_ignored_fields_are_not_compared() -> None:
    replayed = replay_of(defects(), defects(0.1), Settings(ignore=("*",)))
    assert replayed.verdict is Verdict.SAME
    assert replayed.fields == ()


def test_a_pattern_that_meets_nothing_is_said() -> None:
    said = Settings(file="pyproject.toml", fields={"scroe": FieldSetting(place="x", kind=Kind.FLOAT)})
    (note,) = replay_of(defects(), defects(), said).notes
    assert note == 'pyproject.toml: [tool.samestack.replay] fields."scroe" is no field of these answers'


def test_inputs_that_only_one_has_are_left_out_and_said() -> None:
    before, after = defects(), defects()
    before["more.png"] = before["plate-0.png"]
    replayed = replay_of(before, after)
    assert len(replayed.inputs) == 4
    assert replayed.notes == ("more.png: only in the first recording; not compared",)


def test_inputs_of_another_content_are_left_out_and_said() -> None:
    before, after = recording_of(defects()), recording_of(defects(0.1))
    others = tuple(Input(name=one.name, sha256="1" * 64, size=3) for one in after.inputs)
    changed = structs.replace(after, inputs=(*after.inputs[:2], *others[2:]))
    replayed = compare_recordings(before, changed)
    assert replayed.inputs == ("plate-0.png", "plate-1.png")
    (note,) = replayed.notes
    assert note == "plate-2.png, plate-3.png: the same name, another content; not compared"
    with pytest.raises(RequestError, match="no input in common"):
        compare_recordings(before, structs.replace(after, inputs=others))


def test_a_program_that_is_run_once_has_one_answer() -> None:
    replayed = replay_of({EVERYTHING: {"accuracy": 0.93}}, {EVERYTHING: {"accuracy": 0.73}})
    assert field(replayed, "accuracy").differences[0].kind is Kind.METRIC
    assert replayed.is_alarm


def test_one_run_against_one_says_what_differs_without_confidence() -> None:
    replayed = compare_recordings(recording_of(defects()), recording_of(defects(0.1)))
    assert replayed.is_alarm
    assert replayed.chance.share == 1


answers = st.dictionaries(
    st.sampled_from(["label", "score", "n", "boxes"]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    max_size=3,
)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from("ab"), answers, min_size=2), min_size=2, max_size=4))
def test_whatever_was_answered_can_be_compared(runs: list[dict[str, Any]]) -> None:
    """And what a recording answers is the same as itself."""
    recording = recording_of(*runs)
    assert compare_recordings(recording, recording).verdict is Verdict.SAME
    replayed = compare_recordings(recording_of(*runs[:1]), recording_of(*runs[1:]))
    assert replayed.chance.alike <= replayed.chance.divisions
