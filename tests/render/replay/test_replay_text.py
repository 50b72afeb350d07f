"""What is printed, and the document for programs."""

import io
import json

import jsonschema
import pytest
from docs.generate import json_schema
from rich.console import Console

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.settings import FieldSetting, Settings
from samestack.behaviour.recording.recording import EVERYTHING
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.replayed import Replayed
from samestack.render.replay.replay_json import REPLAY_SCHEMA, encode_replay
from samestack.render.replay.replay_text import print_replay
from tests.behaviour.recording.recordings import recording_of
from tests.behaviour.replaying.replays import HOSTILE, defects, replay_of


def printed(replayed: Replayed, width: int = 100) -> str:
    page = io.StringIO()
    print_replay(replayed, Console(file=page, width=width, highlight=False))
    return page.getvalue()


def test_the_verdict_stands_first_and_the_flips_are_counted() -> None:
    text = printed(replay_of(defects(), defects(0.1)))
    lines = text.splitlines()
    assert lines[0] == "3 of 4 inputs are answered differently, in 4 of 5 fields."
    assert lines[1] == "A venv:.venv (Python 3.9.18, 1 package, " + lines[1].partition("1 package, ")[2]
    assert "flips of label: 1 of 4 (before in rows, after in columns)" in lines
    assert any(line.split() == ["defect", "2", "1"] for line in lines)
    assert any(line.split()[:5] == ["label", "class", "1", "of", "4"] for line in lines)
    assert "1 more field is the same" in text
    assert "the inputs that changed most" in text


def test_where_nothing_differs_little_is_said() -> None:
    lines = printed(replay_of(defects(), defects())).splitlines()
    assert lines[0] == "Everything is answered the same: 5 fields of 4 inputs."
    assert len(lines) == 5


def test_wavering_is_said_to_be_that() -> None:
    runs = [{"a": {"label": label}} for label in ("ok", "ok", "ok", "ok", "defect", "ok", "ok", "ok")]
    text = printed(compare_recordings(recording_of(*runs[:3]), recording_of(*runs[3:])))
    assert text.startswith("Nothing differs beyond what the program's own wavering explains.")
    assert "in 35 of 56 cases (3 runs recorded, 5 new); more runs can tell." in " ".join(text.split())
    assert "1 of 1 waver" in text
    assert "(in 1 of 5 runs)" in text


def test_a_program_without_inputs_has_one_answer() -> None:
    text = printed(replay_of({EVERYTHING: {"n": 1}}, {EVERYTHING: {"n": 2}}))
    assert text.startswith("It answers differently, in 1 of 1 field.")


def test_what_all_inputs_tell_together_is_said_so() -> None:
    said = Settings(fields={"score": FieldSetting(place="x", kind=Kind.DISTRIBUTION)})
    before, after = ({str(n): {"score": float(n + add)} for n in range(40)} for add in (0, 30))
    assert printed(replay_of(before, after, said)).startswith("All inputs together are answered differently")


def test_one_run_against_one_claims_no_confidence() -> None:
    text = printed(compare_recordings(recording_of(defects()), recording_of(defects(0.1))))
    assert "whether the program wavers by itself is not known" in text
    assert "confidence" not in text


@pytest.mark.parametrize("width", [20, 40, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = printed(replay_of(defects(), defects(0.1)), width).splitlines()
    assert max(map(len, lines)) <= width


def test_what_was_answered_is_nothing_but_text() -> None:
    text = printed(replay_of({HOSTILE: {HOSTILE: HOSTILE}}, {HOSTILE: {HOSTILE: "b"}}))
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("shift", [0.0, 0.1])
def test_the_document_says_all_of_it(shift: float) -> None:
    document = json.loads(encode_replay(replay_of(defects(), defects(shift))))
    assert document["schema"] == REPLAY_SCHEMA
    assert document["verdict"] == ("differs" if shift else "same")
    assert document["inputs"] == 4
    assert len(document["fields"]) == 5
    assert len(document["changed"]) == (3 if shift else 0)
    assert [one["field"] for one in document["flips"]] == (["probabilities", "label"] if shift else [])
    assert document["before"]["digest"] != document["after"]["digest"]


def test_the_document_has_a_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    from docs import generate

    from samestack.render.replay.replay_json import ReplayDocument

    monkeypatch.setitem(generate.DOCUMENTS, REPLAY_SCHEMA, ReplayDocument)
    schema = json_schema(REPLAY_SCHEMA)
    jsonschema.Draft202012Validator.check_schema(schema)
    for replayed in (replay_of(defects(), defects(0.1)), replay_of({"a": {"n": 1}}, {"a": {}})):
        jsonschema.validate(json.loads(encode_replay(replayed)), schema)
