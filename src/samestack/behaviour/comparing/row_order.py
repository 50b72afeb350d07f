"""Rows that belong to boxes: where boxes come in another order, their scores and labels come with them.

A program that answers with a list of detections has a field a column: ``found.box``, ``found.score``,
``found.label``. The order of detections means nothing, so the rows of the answer are put in the order of the
reference's boxes that they belong to, before anything is compared.
"""

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.rules import Rules
from samestack.behaviour.comparing.tolerances import Tolerance
from samestack.behaviour.recording.recording import Answer, Value, is_array
from samestack.errors import RequestError
from samestack.libraries import library


def following_boxes(reference: Answer, answer: Answer, rules: Rules) -> Answer:
    """The answer with its rows in the order of the reference, where both have as many of them."""
    for name, rule in rules.fields.items():
        columns = _columns(name, reference, answer) if rule.kind is Kind.BOXES else []
        if len(columns) > 1:
            answer = {**answer, **_ordered(columns, reference, answer, rule.tolerance)}
    return answer


def _columns(name: str, reference: Answer, answer: Answer) -> list[str]:
    """The fields beside the boxes that have as many rows in both, more than one; the boxes first."""
    number = _rows(answer.get(name))
    beside = (other for other in answer if other != name and _list_of(other) == _list_of(name))
    columns = [name, *beside]
    if number < 2:
        return []
    return [one for one in columns if _rows(reference.get(one)) == number == _rows(answer.get(one))]


def _ordered(columns: list[str], reference: Answer, answer: Answer, tolerance: Tolerance) -> Answer:
    boxes, *others = columns
    matching = library("samestack.behaviour.comparing.kinds.boxes", "comparing boxes")
    beside = [(reference[one], answer[one]) for one in others]
    try:
        order = matching.order_of(reference[boxes], answer[boxes], beside, tolerance)
    except RequestError:  # they are no boxes: comparing them says so
        return {}
    return {name: value[order] for name in columns if is_array(value := answer[name])}


def _list_of(name: str) -> str:
    return name.rpartition(".")[0]


def _rows(value: Value) -> int:
    return int(value.shape[0]) if is_array(value) and value.shape else 0
