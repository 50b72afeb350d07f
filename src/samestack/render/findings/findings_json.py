"""What a check found as JSON for programs, schema ``samestack/check/1``."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from samestack.check.finding import Severity
from samestack.check.report import Report
from samestack.codec import encode
from samestack.render.findings.findings_words import counted

CHECK_SCHEMA: Final = "samestack/check/1"
"""The schema that is written."""


class CheckDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Environments examined by rules: for each its findings, the gravest first."""

    schema: Literal["samestack/check/1"]
    has_passed: bool
    """Whether no environment has a finding as grave as its check fails on."""
    counts: Mapping[Severity, int]
    """The findings of all environments by severity; what is suppressed is not counted."""
    reports: tuple[Report, ...]
    """One for each reference, in the order in which they were named."""


def encode_findings(reports: Sequence[Report]) -> bytes:
    """The reports as indented JSON, ending with a line break."""
    document = CheckDocument(
        schema=CHECK_SCHEMA,
        has_passed=all(report.has_passed for report in reports),
        counts=counted(finding for report in reports for finding in report.findings),
        reports=tuple(reports),
    )
    return encode(document)
