"""A report with everything in it that there is to show, and texts that nobody should obey."""

from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.parity.report import Allowed, ParityReport, Setting, State, Verdict

HOSTILE = "<script>alert(1)</script>\x1b[31m|`@everyone"


def finding(message: str = "opencv-python is 4.8 in development, 4.5 in staging", **more: str) -> Finding:
    return Finding(
        rule="stack-differs",
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject="opencv-python",
        at="staging",
        message=message,
        evidence=("development: 4.8", "staging: 4.5"),
        remedy=more.get("remedy", "sync it"),
        command=more.get("command", ""),
    )


def report(*findings: Finding) -> ParityReport:
    return ParityReport(
        project="helpdesk",
        checked_at="2026-11-25T12:00:00Z",
        lock="pylock.toml",
        states=(
            State(
                environment="development",
                reference="venv:.venv",
                standing=Verdict.HOLDS,
                profile="development",
                digest=f"sha256:{'ab' * 32}",
                locked_digest=f"sha256:{'ab' * 32}",
                captured_at="2026-11-25T11:59:00Z",
                packages=12,
                variables=3,
            ),
            State(
                environment="staging",
                reference="registry:somewhere/helpdesk",
                standing=Verdict.FAILS if findings else Verdict.HOLDS,
                after="development",
                digest=f"sha256:{'cd' * 32}",
                locked_digest=f"sha256:{'ab' * 32}",
                image_digest=f"sha256:{'ef' * 32}",
                captured_at="2026-11-25T11:59:01Z",
                packages=12,
            ),
        ),
        findings=findings,
        allowed=(
            Allowed(
                finding=finding("numpy is 1 in development, 2 in staging"),
                environments=("staging",),
                reason="waits",
                until="2027-01-31",
            ),
        ),
        settings=(
            Setting(name="LOG_LEVEL", is_secret=False, values={"development": "DEBUG", "staging": "INFO"}),
        ),
        replays=("answers.recording in development",),
    )
