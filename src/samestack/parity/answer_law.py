"""One behaviour: what was recorded is answered alike in every environment that can be asked."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.parity.breach import Breach, breach
from samestack.parity.evidence import Answering, Replay
from samestack.parity.rules import ANSWERS_DIFFER

_SEVERITIES: Final = {
    Answering.DIFFERS: Severity.ERROR,
    Answering.UNKNOWN: Severity.UNKNOWN,
    Answering.ELSEWHERE: Severity.NOTE,
}


def answer_breaches(replays: Iterable[Replay]) -> Iterator[Breach]:
    """Recordings that are answered differently, or of which that is not known."""
    for one in replays:
        if one.answering in _SEVERITIES:
            yield breach(_finding(one), (one.environment,), f"answers/{one.recording}")


def _finding(one: Replay) -> Finding:
    return Finding(
        rule=ANSWERS_DIFFER,
        severity=_SEVERITIES[one.answering],
        layer=Layer.PACKAGES,
        subject=one.recording,
        message=one.message,
        evidence=one.evidence,
        remedy=(
            f"see what differs with samestack replay {one.recording}"
            if one.answering is Answering.DIFFERS
            else "replay it where that environment runs"
        ),
    )
