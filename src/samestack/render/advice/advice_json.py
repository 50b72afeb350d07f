"""Advice as JSON for programs, schema ``samestack/advice/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.advise.advice import Advice
from samestack.advise.matrix import Row
from samestack.codec import encode

ADVICE_SCHEMA: Final = "samestack/advice/1"
"""The schema that is written."""


class AdviceDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which kind of environment suits a project, with the reasons that decided."""

    schema: Literal["samestack/advice/1"]
    margin: float
    """By how many points the first is ahead of the second; below 2 it is a matter of taste."""
    advice: Advice


class RowsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decision matrix."""

    schema: Literal["samestack/advice-matrix/1"]
    rows: tuple[Row, ...]


def encode_advice(advice: Advice) -> bytes:
    """The advice as indented JSON, ending with a line break."""
    return encode(AdviceDocument(schema=ADVICE_SCHEMA, margin=advice.margin, advice=advice))


def encode_rows(rows: tuple[Row, ...]) -> bytes:
    """The matrix as indented JSON, ending with a line break."""
    return encode(RowsDocument(schema="samestack/advice-matrix/1", rows=rows))
