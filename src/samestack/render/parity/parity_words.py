"""What parity came to, in the words that every form of it uses."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding
from samestack.parity.report import ParityReport, State, Verdict
from samestack.render.component_text import short_digest
from samestack.render.findings.findings_words import counted, how_many

HEADINGS: Final = ("environment", "law", "stack", "packages", "image", "profile")
NOTHING: Final = "-"
_PLURALS: Final = {"error": "errors", "warning": "warnings", "unknown": "unknown", "note": "notes"}
_ANSWERS: Final = {
    Verdict.HOLDS: "the law holds",
    Verdict.FAILS: "the law does not hold",
    Verdict.UNKNOWN: "whether the law holds is not known",
}
_SHA256: Final = "sha256:"


def answer(report: ParityReport) -> str:
    """``the law does not hold: 2 errors``."""
    counts = ", ".join(
        how_many(number, severity, _PLURALS[severity])
        for severity, number in counted(report.findings).items()
    )
    return f"{_ANSWERS[report.standing]}{f': {counts}' if counts else ''}"


def scope(report: ParityReport) -> str:
    """``helpdesk: 3 environments held against pylock.toml, 1 difference allowed``."""
    environments = how_many(len(report.states), "environment")
    against = f"held against {report.lock}" if report.lock else "held against each other"
    parts = [f"{report.project}: {environments} {against}"]
    if report.replays:
        parts.append(how_many(len(report.replays), "replay"))
    if report.allowed:
        parts.append(f"{how_many(len(report.allowed), 'difference')} allowed")
    return ", ".join(parts)


def cells(state: State) -> tuple[str, ...]:
    """An environment as a row under :data:`HEADINGS`."""
    return (
        state.environment,
        state.standing,
        digest_words(state),
        str(state.packages) if state.captured_at else NOTHING,
        _short(state.image_digest),
        profile_words(state),
    )


def digest_words(state: State) -> str:
    """The digest, shortened, and whether it is what the lock says."""
    if not state.digest:
        return NOTHING
    shown = _short(state.digest)
    if not state.locked_digest:
        return shown
    return f"{shown} {'as locked' if state.digest == state.locked_digest else 'not as locked'}"


def _short(digest: str) -> str:
    return short_digest(digest).removeprefix(_SHA256) or NOTHING


def profile_words(state: State) -> str:
    """``production, 12 variables``."""
    if not state.profile:
        return NOTHING
    return f"{state.profile}, {how_many(state.variables, 'variable')}" if state.variables else state.profile


def title(finding: Finding) -> str:
    """``opencv-python in staging``."""
    is_alone = not finding.at or finding.at == finding.subject
    return finding.subject if is_alone else f"{finding.subject} in {finding.at}"


def allowed_words(report: ParityReport) -> Iterator[tuple[str, str, str]]:
    """What is allowed: the finding, the last day, the reason."""
    for one in report.allowed:
        yield one.finding.message, one.until, one.reason
