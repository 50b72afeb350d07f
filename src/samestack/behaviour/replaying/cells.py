"""How far each run is from each other one, field by field and input by input."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from math import inf
from typing import Final

from msgspec import Struct, structs

from samestack.behaviour.comparing.answers import judge_answer, judge_over_inputs
from samestack.behaviour.comparing.described import is_empty, type_of
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.rules import Answers, Rules
from samestack.behaviour.recording.arrays import array_key
from samestack.behaviour.recording.recording import Answer, Picture, Value, is_array
from samestack.behaviour.replaying.executions import ENDING, Execution, Executions
from samestack.errors import RequestError
from samestack.progress import SILENT, Reporter

Pair = tuple[int, int]
"""The numbers of two runs: the one that is the reference, and the one that is judged."""

_MISFIT: Final = Judgement(is_same=False, distance=inf)


class Cell(Struct, frozen=True, kw_only=True, eq=False):
    """One field of the answers to one input, that is not the same in every run."""

    input: str | None
    field: str
    judgements: Mapping[Pair, Judgement]
    """What is not here is the same in both runs, or there is nothing to compare."""
    one_sided: frozenset[Pair] = frozenset()
    """The pairs of which just one has the field."""


class Judge(Struct, frozen=True, eq=False):
    """One run as the reference of others.

    Where a new run takes the recording's place, its values can be of any kind: then nothing is like them.
    That a recorded one's do not fit is an error, of whoever said what they are.
    """

    rules: Rules
    """With the types that this run has itself: those of another one are a change."""
    is_recorded: bool

    def answer(self, before: Answer, after: Answer) -> Mapping[str, Judgement]:
        """The judgements on one input."""
        try:
            return judge_answer(before, after, self.rules)
        except RequestError:
            if self.is_recorded:
                raise
            return dict.fromkeys((*before, *after), _MISFIT)

    def over_inputs(self, before: Answers, after: Answers) -> Mapping[str, Judgement]:
        """The judgements on all inputs together."""
        try:
            return judge_over_inputs(before, after, self.rules)
        except RequestError:
            if self.is_recorded:
                raise
            return {name: _MISFIT for name, rule in self.rules.fields.items() if rule.is_over_inputs}


def quiet(rules: Rules) -> Rules:
    """The rules without what the noise adds to them."""
    return structs.replace(
        rules,
        fields={
            name: structs.replace(
                rule, tolerance=structs.replace(rule.tolerance, noise=0.0), is_always_there=True
            )
            for name, rule in rules.fields.items()
        },
    )


def cells_of(
    executions: Executions, rules: Rules, recorded: int, reporter: Reporter = SILENT
) -> Iterator[Cell]:
    """The cells of all inputs; ``rules`` are those of the first so many runs, the recorded ones, quiet.

    :class:`~samestack.errors.RequestError` where a rule does not fit what was recorded.
    """
    numbers = range(max(map(len, executions.values()), default=0))
    runs_answers = [answers_of(executions, number) for number in numbers]
    judges = [
        Judge(_with_types(rules, answers), is_recorded=number < recorded)
        for number, answers in enumerate(runs_answers)
    ]
    for name, runs in executions.items():
        reporter.advanced(name)
        endings = {
            pair: _of_endings(runs[pair[0]], runs[pair[1]])
            for pair in permutations(numbers, 2)
            if runs[pair[0]].ending != runs[pair[1]].ending
        }
        if endings:
            yield Cell(input=name, field=ENDING, judgements=endings)
        yield from _of_answers(name, [run.answer for run in runs], frozenset(endings), judges)
    yield from _over_inputs(runs_answers, judges)


def answers_of(executions: Executions, number: int) -> Answers:
    """What one run answered to each input."""
    return {name: runs[number].answer for name, runs in executions.items()}


def value_key(value: Value) -> str:
    """A text that tells a value from every other one; NaN is itself."""
    if isinstance(value, Picture):
        return f"picture {array_key(value.pixels)}"
    return f"array {array_key(value)}" if is_array(value) else f"{type(value).__name__} {value!r}"


def _with_types(rules: Rules, answers: Answers) -> Rules:
    seen: dict[str, set[str]] = {}
    for answer in answers.values():
        for name, value in answer.items():
            seen.setdefault(name, set()).update(() if is_empty(value) else (type_of(value),))
    fields = {
        name: structs.replace(rule, types=frozenset(seen.get(name, rule.types)))
        for name, rule in rules.fields.items()
    }
    return structs.replace(rules, fields=fields)


def _of_endings(before: Execution, after: Execution) -> Judgement:
    last = after.outcome.messages.strip().rpartition("\n")[2].strip()
    said = after.outcome.trouble or (last if after.outcome.is_failure else "")
    detail = f"{before.ending} -> {after.ending}" + (f": {said}" if said else "")
    return Judgement(is_same=False, distance=inf, detail=detail)


def _of_answers(
    name: str, answers: Sequence[Answer], apart: frozenset[Pair], judges: Sequence[Judge]
) -> Iterator[Cell]:
    """``apart`` are the pairs of runs that did not even end alike: those have no answers to compare."""
    keys = [{field: value_key(value) for field, value in answer.items()} for answer in answers]
    compared = _varying(keys)
    parts = [{field: value for field, value in answer.items() if field in compared} for answer in answers]
    found: dict[str, dict[Pair, Judgement]] = {}
    one_sided: dict[str, set[Pair]] = {}
    for pair in permutations(range(len(answers)), 2):
        before, after = pair
        if pair in apart or _only(keys[before], compared) == _only(keys[after], compared):
            continue
        for field, judgement in judges[before].answer(parts[before], parts[after]).items():
            found.setdefault(field, {})[pair] = judgement
            if (field in parts[before]) != (field in parts[after]):
                one_sided.setdefault(field, set()).add(pair)
    for field, judgements in found.items():
        if any(not one.is_same or one.distance for one in judgements.values()):
            pairs = frozenset(one_sided.get(field, ()))
            yield Cell(input=name, field=field, judgements=judgements, one_sided=pairs)


def _varying(keys: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """The fields that are not the same in every run, with those beside them in a list of rows."""
    fields = dict.fromkeys(field for each in keys for field in each)
    varying = {field for field in fields if len({each.get(field) for each in keys}) > 1}
    lists = {_list_of(field) for field in varying} - {""}
    return frozenset(field for field in fields if field in varying or _list_of(field) in lists)


def _list_of(field: str) -> str:
    return field.rpartition(".")[0]


def _only(keys: Mapping[str, str], fields: frozenset[str]) -> Mapping[str, str]:
    return {field: key for field, key in keys.items() if field in fields}


def _over_inputs(answers: Sequence[Answers], judges: Sequence[Judge]) -> Iterator[Cell]:
    if not judges or not any(rule.is_over_inputs for rule in judges[0].rules.fields.values()):
        return
    found: dict[str, dict[Pair, Judgement]] = {}
    for before, after in permutations(range(len(answers)), 2):
        for field, judgement in judges[before].over_inputs(answers[before], answers[after]).items():
            if not judgement.is_same or judgement.distance:
                found.setdefault(field, {})[before, after] = judgement
    for field, each in found.items():
        yield Cell(input=None, field=field, judgements=each)
