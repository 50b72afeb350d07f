"""Two recordings of one program: what the second answers differently, and whether chance explains it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from samestack.behaviour.comparing.rules import Rules, rules_of
from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.replaying.common_inputs import common_inputs
from samestack.behaviour.replaying.executions import ENDING, Executions, executions_of
from samestack.behaviour.replaying.replayed import Difference, FieldReport, Replayed, Verdict
from samestack.libraries import library
from samestack.progress import SILENT, Reporter

if TYPE_CHECKING:
    from samestack.behaviour.replaying.judging import Judged

_NOTHING_SAID: Final = Settings()


def compare_recordings(
    before: Recording, after: Recording, settings: Settings = _NOTHING_SAID, reporter: Reporter = SILENT
) -> Replayed:
    """What the runs of ``after`` answer differently from those of ``before``.

    :class:`~samestack.errors.RequestError` where they have no input in common, or where the settings name a
    kind that a field is not of.
    """
    names, notes = common_inputs(before, after)
    first, second = executions_of(before), executions_of(after)
    both = {name: (*first[name], *second[name]) for name in names}
    recorded, repeats = len(before.runs), len(after.runs)
    rules = rules_of(
        [{name: both[name][number].answer for name in names} for number in range(recorded)], settings
    )
    judging = library("samestack.behaviour.replaying.judging", "comparing answers")
    judged: Judged = judging.judged(both, rules, (recorded, repeats), reporter)
    return Replayed(
        before=before,
        after=after,
        inputs=names,
        verdict=_verdict(judged),
        chance=judged.chance,
        fields=tuple(_reports(both, rules, judged)),
        notes=(*notes, *_failing(both), *_unused(settings, rules)),
    )


def _verdict(judged: "Judged") -> Verdict:
    if not judged.differences:
        return Verdict.SAME
    return Verdict.DIFFERS if judged.chance.is_improbable else Verdict.CHANCE


def _reports(both: Executions, rules: Rules, judged: "Judged") -> Iterable[FieldReport]:
    names = dict.fromkeys((*_fields_of(both), *judged.differences))
    reports = [
        FieldReport(
            name=name,
            rule=rules.fields.get(name),
            compared=_compared(name, both, rules),
            differences=tuple(sorted(judged.differences.get(name, ()), key=_gravity)),
            is_wavering=name in judged.wavering,
        )
        for name in names
        if name in judged.differences or name in rules.fields
    ]
    return sorted(
        reports, key=lambda report: (report.name != ENDING, -report.changed, -len(report.differences))
    )


def _gravity(difference: Difference) -> tuple[float, int]:
    return -difference.judgement.distance, -difference.runs


def _fields_of(both: Executions) -> Iterable[str]:
    return (field for runs in both.values() for run in runs for field in run.answer)


def _compared(name: str, both: Executions, rules: Rules) -> int:
    """How many inputs have the field in some run; what is judged over all inputs is judged once."""
    rule = rules.fields.get(name)
    if rule is not None and rule.is_over_inputs:
        return 1
    if rule is None:
        return len(both)
    return sum(any(name in run.answer for run in runs) for runs in both.values())


def _failing(both: Executions) -> Iterator[str]:
    """What fails alike is the same, and proves little."""
    failing = [
        runs[0].ending
        for runs in both.values()
        if runs[0].outcome.is_failure and len({r.ending for r in runs}) == 1
    ]
    if failing:
        endings = ", ".join(dict.fromkeys(failing))
        yield f"{len(failing)} of {len(both)} executions fail as they did when recorded: {endings}"


def _unused(settings: Settings, rules: Rules) -> Iterator[str]:
    for pattern in settings.unused(rules.fields):
        yield f'{settings.file}: [tool.samestack.replay] fields."{pattern}" is no field of these answers'
