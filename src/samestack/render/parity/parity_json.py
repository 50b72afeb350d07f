"""Parity as JSON for programs, schema ``samestack/parity/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.parity.report import ParityReport, Verdict

PARITY_SCHEMA: Final = "samestack/parity/1"
"""The schema that is written."""


class ParityDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The environments of a project, held against its lock, their hosts, their schema and each other."""

    schema: Literal["samestack/parity/1"]
    has_passed: bool
    """Whether the law holds: it does not where an environment is unknown."""
    standing: Verdict
    report: ParityReport


def encode_parity(report: ParityReport) -> bytes:
    """The report as indented JSON, ending with a line break."""
    document = ParityDocument(
        schema=PARITY_SCHEMA, has_passed=report.has_passed, standing=report.standing, report=report
    )
    return encode(document)
