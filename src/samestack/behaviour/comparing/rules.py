"""How each field of the answers is compared, as a recording and a project's settings tell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from samestack.behaviour.comparing.comparison import noise_of
from samestack.behaviour.comparing.defaults import default_tolerance
from samestack.behaviour.comparing.described import is_empty, type_of
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.over_inputs import is_over_inputs, together
from samestack.behaviour.comparing.settings import FieldSetting, Settings
from samestack.behaviour.comparing.tolerances import BoxesTolerance, Tolerance, widened
from samestack.behaviour.recording.recording import Answer, Value
from samestack.errors import InputError, RequestError
from samestack.libraries import library

Answers = Mapping[str, Answer]
"""The answers of one run, by the name of the input."""

_HERE: Final = "samestack.behaviour.comparing"
_PURPOSE: Final = "comparing answers"
_NOTHING_SAID: Final = Settings()


class Rule(Struct, frozen=True, kw_only=True):
    """How one field is compared."""

    kind: Kind
    tolerance: Tolerance
    """Of the class that :data:`~samestack.behaviour.comparing.defaults.TOLERANCES` has for the kind."""
    types: frozenset[str] = frozenset()
    """What its values are made of in the reference; another type is a change of its own."""
    is_over_inputs: bool = False
    """Whether it is judged once, for the answers to all inputs together."""
    is_always_there: bool = True
    """Whether an input that has it once has it in every run."""


class Rules(Struct, frozen=True, kw_only=True):
    """How answers are compared, field by field."""

    fields: Mapping[str, Rule]
    settings: Settings = _NOTHING_SAID


def rules_of(runs: Sequence[Answers], settings: Settings = _NOTHING_SAID) -> Rules:
    """The rules for what these runs of one environment answered, widened by how they differ from each other.

    :class:`~samestack.errors.RequestError` where a project names a kind that a field is not of.
    """
    names = dict.fromkeys(name for run in runs for answer in run.values() for name in answer)
    compared = [name for name in names if not settings.is_ignored(name)]
    return Rules(fields={name: _rule(name, runs, settings) for name in compared}, settings=settings)


def _rule(name: str, runs: Sequence[Answers], settings: Settings) -> Rule:
    values = [answer[name] for run in runs for answer in run.values() if name in answer]
    try:
        kind, tolerance = kind_and_tolerance(settings, name, values)
        rule = Rule(
            kind=kind,
            tolerance=tolerance,
            types=frozenset(type_of(value) for value in values if not is_empty(value)),
            is_over_inputs=is_over_inputs(kind, values),
            is_always_there=_is_always_there(name, runs),
        )
        return structs.replace(rule, tolerance=widened(tolerance, _noise(name, rule, runs)))
    except RequestError as error:
        raise misfit(name, error) from None


def misfit(name: str, error: RequestError) -> RequestError:
    """The error of a comparison, with the field that it is about and what to do; that of a file as it is."""
    if isinstance(error, InputError):
        return error
    hint = error.hint or f'name its kind: [tool.samestack.replay] fields."{name}" = {{kind = "exact"}}'
    return RequestError(f"{name}: {error.message}", hint=hint)


def kind_and_tolerance(settings: Settings, name: str, values: Sequence[Value]) -> tuple[Kind, Tolerance]:
    """How a field with these values is compared: as the project says, else as the values tell."""
    said = settings.said_of(name) or FieldSetting(place="")
    kind = said.kind or library(f"{_HERE}.recognition", _PURPOSE).kind_of(name, values)
    precision = said.precision or library(f"{_HERE}.precision", _PURPOSE).precision_of(values)
    default = default_tolerance(kind, precision, is_across_runtimes=settings.is_across_runtimes)
    if said.options:
        from samestack.behaviour.comparing.settings_document import checked_options

        options = checked_options(settings.file, said.place, kind, said.options)
        default = structs.replace(default, **options)
    if isinstance(default, BoxesTolerance) and not default.columns:
        columns = library(f"{_HERE}.box_table", _PURPOSE).columns_in(values)
        default = structs.replace(default, columns=columns)
    return kind, default


def _noise(name: str, rule: Rule, runs: Sequence[Answers]) -> float:
    """How far the runs are apart, at most."""
    if rule.is_over_inputs:
        rows = [together([answer[name] for answer in run.values() if name in answer]) for run in runs]
        return noise_of(rule.kind, rows, rule.tolerance)
    return max((noise_of(rule.kind, repeats, rule.tolerance) for repeats in _repeats(name, runs)), default=0)


def _repeats(name: str, runs: Sequence[Answers]) -> Iterator[Sequence[Value]]:
    """For each input, what all runs have in the field."""
    for asked in dict.fromkeys(asked for run in runs for asked in run):
        answers = [run[asked] for run in runs if asked in run]
        yield [answer[name] for answer in answers if name in answer]


def _is_always_there(name: str, runs: Sequence[Answers]) -> bool:
    for asked in dict.fromkeys(asked for run in runs for asked in run):
        if len({name in run[asked] for run in runs if asked in run}) > 1:
            return False
    return True
