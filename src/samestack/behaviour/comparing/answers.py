"""Two answers, compared field by field."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Final

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.described import described, is_empty, type_of
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.over_inputs import together
from samestack.behaviour.comparing.row_order import following_boxes
from samestack.behaviour.comparing.rules import Answers, Rule, Rules, misfit
from samestack.behaviour.recording.recording import Answer, Value
from samestack.errors import RequestError

TYPE: Final = ".dtype"
"""What the name of a field ends with that says what another one's numbers are made of."""

_NOT_NUMBERS: Final = frozenset({"null", "str"})


def judge_answer(reference: Answer, answer: Answer, rules: Rules) -> Mapping[str, Judgement]:
    """Every field of two answers to one input, in the order of the reference; without those over all inputs.

    What only one of the two has differs, unless it comes and goes in the reference's environment, too.
    :class:`~samestack.errors.RequestError` where a rule does not fit the reference.
    """
    answer = following_boxes(reference, answer, rules)
    judgements: dict[str, Judgement] = {}
    for name in dict.fromkeys((*reference, *answer)):
        if rules.settings.is_ignored(name):
            continue
        rule = rules.fields.get(name)
        if name not in reference or name not in answer:
            judgements[name] = _one_sided(name, reference, answer, rule)
        elif rule is not None and not rule.is_over_inputs:
            judgements[name] = _judged(name, reference[name], answer[name], rule)
        if name in answer and rule is not None and not rules.settings.is_ignored(name + TYPE):
            judgements |= _drift(name, answer[name], rule)
    return judgements


def judge_over_inputs(references: Answers, answers: Answers, rules: Rules) -> Mapping[str, Judgement]:
    """Every field that only the answers to all inputs tell together; of the inputs that both answered."""
    judgements = {}
    for name, rule in rules.fields.items():
        if rule.is_over_inputs:
            asked = [one for one in references if name in references[one] and name in answers.get(one, {})]
            pairs = [(references[one][name], answers[one][name]) for one in asked]
            told = [(before, after) for before, after in pairs if before is not None and after is not None]
            judgements[name] = _judged_together(name, told, rule)
    return judgements


def _judged_together(name: str, pairs: Sequence[tuple[Value, Value]], rule: Rule) -> Judgement:
    try:
        before = together([reference for reference, _ in pairs])
    except RequestError as error:
        raise misfit(name, error) from None
    try:
        after = together([answer for _, answer in pairs])
    except RequestError as error:
        return Judgement(is_same=False, distance=inf, detail=error.message)
    return _judged(name, before, after, rule)


def _judged(name: str, reference: Value, answer: Value, rule: Rule) -> Judgement:
    try:
        return compare(rule.kind, reference, answer, rule.tolerance)
    except RequestError as error:
        raise misfit(name, error) from None


def _one_sided(name: str, reference: Answer, answer: Answer, rule: Rule | None) -> Judgement:
    is_gone = name in reference
    detail = f"gone: {described(reference[name])}" if is_gone else f"new: {described(answer[name])}"
    is_fickle = rule is not None and not rule.is_always_there
    return Judgement(is_same=is_fickle, distance=inf, detail=detail)


def _drift(name: str, answer: Value, rule: Rule) -> Mapping[str, Judgement]:
    """A judgement on what an answer is made of, where that has not been seen in the reference."""
    found = type_of(answer)
    numbers = rule.types - _NOT_NUMBERS
    if is_empty(answer) or found in _NOT_NUMBERS or found in rule.types or not numbers:
        return {}
    return {
        name + TYPE: Judgement(
            is_same=False, distance=inf, detail=f"{' or '.join(sorted(numbers))} -> {found}"
        )
    }
