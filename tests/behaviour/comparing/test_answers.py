"""Answers of many fields, compared by rules that a recording and a project tell."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.answers import judge_answer, judge_over_inputs
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.rules import Rules, rules_of
from samestack.behaviour.comparing.settings import FieldSetting, Settings
from samestack.behaviour.recording.recording import Answer, Picture
from samestack.errors import RequestError


def rules(*answers: Answer, settings: Settings = Settings()) -> Rules:  # noqa: B008 - frozen
    """Of repeats of one input."""
    return rules_of([{"a.png": answer} for answer in answers], settings)


def differing(reference: Answer, answer: Answer, of: Rules | None = None) -> dict[str, str]:
    judgements = judge_answer(reference, answer, of or rules(reference))
    return {name: judgement.detail for name, judgement in judgements.items() if not judgement.is_same}


def test_fields_are_compared_as_what_they_are() -> None:
    reference: dict[str, Any] = {
        "label": "defect",
        "score": 0.75,
        "box": np.array([1, 2, 30, 40]),
        "seen": Picture(np.zeros((9, 9), np.uint8)),
    }
    assert differing(reference, dict(reference)) == {}
    answer = reference | {"label": "ok", "score": 0.75000001}
    assert differing(reference, answer) == {"label": "'defect' -> 'ok'"}


def test_what_only_one_has_differs() -> None:
    assert differing({"a": 1, "b": 2}, {"b": 2, "c": "three"}) == {"a": "gone: 1", "c": "new: 'three'"}
    assert differing({"a": None}, {"a": 0}) == {"a": "nothing -> 0"}


def test_what_comes_and_goes_in_one_environment_may() -> None:
    found = rules({"a": 1, "b": 2}, {"b": 2})
    assert differing({"a": 1, "b": 2}, {"b": 2}, found) == {}
    assert differing({"b": 2}, {"a": 1, "b": 2}, found) == {}


def test_noise_widens_what_is_noisy_alone() -> None:
    found = rules({"a": 0.50, "b": 0.50}, {"a": 0.51, "b": 0.50}, {"a": 0.49, "b": 0.50})
    assert differing({"a": 0.5, "b": 0.5}, {"a": 0.55, "b": 0.55}, found).keys() == {"b"}
    assert differing({"a": 0.5, "b": 0.5}, {"a": 0.57, "b": 0.5}, found).keys() == {"a"}


def test_the_noise_of_one_input_counts_for_all() -> None:
    found = rules_of([{"x": {"a": 0.5}, "y": {"a": 0.5}}, {"x": {"a": 0.5}, "y": {"a": 0.51}}])
    assert differing({"a": 0.5}, {"a": 0.52}, found) == {}


def test_a_text_that_changes_every_time_is_no_evidence() -> None:
    found = rules({"at": "2026-11-02T10:00:00"}, {"at": "2026-11-02T10:00:07"}, {"at": "2026-11-02T10:01:13"})
    assert differing({"at": "2026-11-02T10:00:00"}, {"at": "2026-11-03T11:12:05"}, found) == {}


def test_what_numbers_are_made_of_is_a_field_of_its_own() -> None:
    # A picture of 16 bits as an array, Pillow 10.2.0 and 10.3.0.
    reference = {"pixels": np.array([3, 4], np.int32)}
    assert differing(reference, {"pixels": np.array([3, 4], np.uint16)}) == {
        "pixels.dtype": "int32 -> uint16"
    }
    assert differing({"n": 1}, {"n": 1.0}) == {"n.dtype": "int -> float"}
    assert differing({"n": 1}, {"n": "1"}) == {"n": "1 -> '1'"}
    ignoring = rules(reference, settings=Settings(ignore=("*.dtype",)))
    assert differing(reference, {"pixels": np.array([3, 4], np.uint16)}, ignoring) == {}


def test_types_that_a_field_has_anyway_are_no_difference() -> None:
    found = rules_of([{"x": {"n": 1}, "y": {"n": 0.5}}])
    assert differing({"n": 1}, {"n": 1.0}, found) == {}
    empty = {"n": np.zeros(0)}
    assert differing(empty, {"n": np.zeros(0, np.int64)}, rules(empty)) == {}


def test_what_is_ignored_is_not_compared() -> None:
    settings = Settings(ignore=("debug.*",))
    found = rules({"a": 1, "debug.x": 1}, settings=settings)
    assert set(found.fields) == {"a"}
    assert differing({"a": 1, "debug.x": 1}, {"a": 1, "debug.y": 2}, found) == {}


def test_a_kind_that_a_field_is_not_of_is_refused_with_its_name() -> None:
    settings = Settings(fields={"a": FieldSetting(place="", kind=Kind.BOXES)})
    with pytest.raises(RequestError, match=r"^a: 'text' cannot be compared as boxes") as error:
        judge_answer({"a": "text"}, {"a": "text"}, rules({"a": "text"}, settings=settings))
    assert error.value.hint == 'name its kind: [tool.samestack.replay] fields."a" = {kind = "exact"}'


def test_an_answer_of_another_kind_differs() -> None:
    assert differing({"mask": np.eye(3, dtype=bool)}, {"mask": np.eye(3)}).keys() == {"mask", "mask.dtype"}


FOUND: dict[str, Any] = {
    "found.box": np.array([[0, 0, 9, 9], [20, 20, 30, 30], [20, 20, 30, 30]], float),
    "found.label": np.array(["cat", "dog", "cow"]),
    "found.score": np.array([0.9, 0.8, 0.3]),
}


def test_the_order_of_detections_means_nothing() -> None:
    order = [2, 0, 1]
    turned = {name: column[order] for name, column in FOUND.items()}
    assert differing(FOUND, turned) == {}
    # Two boxes on the same place are told apart by the other columns.
    assert differing(FOUND, turned | {"found.label": np.array(["cow", "cat", "cat"])}) == {
        "found.label": "'dog' -> 'cat' at [1]; 1 of 3 labels flip"
    }


def test_fields_beside_boxes_that_are_no_rows_of_them_do_not_matter() -> None:
    order = [2, 0, 1]
    reference = {name.removeprefix("found."): column for name, column in FOUND.items()}
    reference |= {"number": 3, "size": np.array([640, 480])}
    turned = reference | {name: reference[name][order] for name in ("box", "label", "score")}
    assert differing(reference, turned) == {}
    del turned["box"]
    assert differing(reference, turned)["box"] == "gone: float64 of 3 x 4"


def test_columns_that_do_not_belong_to_boxes_keep_their_order() -> None:
    reference = FOUND | {"other.label": np.array(["a", "b", "c"])}
    turned = {name: column[::-1] for name, column in reference.items()}
    assert differing(reference, turned).keys() == {"other.label"}


def test_boxes_of_another_form_are_not_put_in_order() -> None:
    wider = FOUND | {"found.box": np.ones((3, 5))}
    assert differing(FOUND, wider) == {"found.box": "float64 of 3 x 4 -> float64 of 3 x 5"}


def test_fewer_detections_differ_in_every_column() -> None:
    fewer = {name: column[:2] for name, column in FOUND.items()}
    assert differing(FOUND, fewer) == {
        "found.box": "1 gone",
        "found.label": "3 -> 2",
        "found.score": "3 -> 2",
    }


def test_the_form_of_boxes_is_told_from_all_inputs() -> None:
    # By itself the first looks like two corners; the second shows that it is a corner and a size.
    first, second = np.array([[10.0, 10.0, 50.0, 50.0]]), np.array([[90.0, 90.0, 20.0, 20.0]])
    found = rules_of([{"x": {"box": first}, "y": {"box": second}}])
    detail = differing({"box": first}, {"box": np.add(first, [1, 0, 0, 0])}, found)["box"]
    assert detail == "box 0 overlaps by 0.9608"


def over_inputs(references: list[Any], answers: list[Any], name: str, **said: Any) -> Any:
    settings = Settings(fields={name: FieldSetting(place="", **said)} if said else {})
    before = {str(number): {name: value} for number, value in enumerate(references)}
    after = {str(number): {name: value} for number, value in enumerate(answers)}
    found = rules_of([before], settings)
    assert judge_answer(before["0"], after["0"], found) == {}
    return judge_over_inputs(before, after, found)[name]


def test_times_are_compared_over_all_inputs() -> None:
    times = np.linspace(1, 1.2, 30).tolist()
    assert over_inputs(times, times[::-1], "latency").is_same
    assert not over_inputs(times, [2 * time for time in times], "latency").is_same


def test_labels_of_groups_are_compared_over_all_inputs() -> None:
    labels = [0, 0, 1, 1, 2, 2]
    assert over_inputs(labels, [5, 5, 3, 3, 4, 4], "cluster", kind=Kind.LABELS).is_same
    assert not over_inputs(labels, [5, 3, 5, 3, 4, 4], "cluster", kind=Kind.LABELS).is_same
    assert over_inputs([*labels, None], [*labels, None], "cluster", kind=Kind.LABELS).is_same


def test_the_spread_of_classes_over_all_inputs() -> None:
    before = ["ok"] * 80 + ["defect"] * 20
    assert over_inputs(before, before[::-1], "verdict", kind=Kind.DISTRIBUTION).is_same
    assert not over_inputs(before, ["ok"] * 50 + ["defect"] * 50, "verdict", kind=Kind.DISTRIBUTION).is_same


def test_answers_that_cannot_stand_in_a_row_differ_or_are_refused() -> None:
    mixed = over_inputs([1.0, 2.0], ["a", 2.0], "x", kind=Kind.DISTRIBUTION)
    assert mixed.detail == "texts and numbers are not compared together"
    with pytest.raises(RequestError, match=r"^x: texts and numbers are not compared together"):
        over_inputs([1.0, "a"], [1.0, 2.0], "x", kind=Kind.DISTRIBUTION)


@pytest.mark.parametrize(("repeats", "false_alarms"), [(2, 0.183), (3, 0.041), (5, 0.003)])
def test_how_often_one_more_run_in_the_same_environment_differs(repeats: int, false_alarms: float) -> None:
    # Of one number alone, whose noise is normal; in ten million simulations without this code.
    dice, attempts, differed = np.random.RandomState(5), 1000, 0
    for _ in range(attempts):
        runs = [{"x": {"a": dice.normal(1000)}} for _ in range(repeats)]
        differed += bool(differing(runs[0]["x"], {"a": dice.normal(1000)}, rules_of(runs)))
    assert differed / attempts == pytest.approx(false_alarms, abs=0.02)


def test_settings_of_a_project_are_used() -> None:
    settings = Settings(is_across_runtimes=True)
    reference = {"x": np.array([1.0], np.float32)}
    answer = {"x": np.array([1.00009], np.float32)}
    assert differing(reference, answer, rules(reference, settings=settings)) == {}
    assert differing(reference, answer, rules(reference)).keys() == {"x"}
