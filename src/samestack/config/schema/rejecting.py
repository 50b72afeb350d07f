"""What the validators of the project's own class have against values, which only they can say."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Value
from samestack.config.rank import Rank
from samestack.config.schema.asking_class import answer_of, asked_class
from samestack.config.schema.describing import wanted
from samestack.config.schema.field import Schema
from samestack.model.layer import Layer

_MANIFEST: Final = "pyproject.toml"


class _Failure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    variable: str
    """Empty where it is about the whole class."""
    type: str
    """What pydantic calls the error; empty for one of the class's own."""
    exception: str
    """The name of an exception that is none of pydantic's."""


class _Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    failures: tuple[_Failure, ...]


def rejected(
    values: Sequence[Value], schema: Schema, environment: Path | None, project: Path = Path()
) -> tuple[Finding, ...]:
    """What the class refuses of values that are right by their schema.

    They go to a process in the project's environment over its standard input alone, and nothing of a
    validator's words comes back, since these may quote a value. Errors are those of
    :func:`~samestack.config.schema.asking_class.asked_class` and of ``answer_of``.
    """
    asked = asked_class(schema.source, project / _MANIFEST, project, environment)
    own = {value.name: value.value for value in values if value.origin.rank is not Rank.DEFAULT}
    told = msgspec.json.decode(answer_of(asked, {"values": own}), type=_Told)
    by_name = {value.name: value for value in values}
    return tuple(dict.fromkeys(_finding(one, by_name.get(one.variable), schema) for one in told.failures))


def _finding(failure: _Failure, value: Value | None, schema: Schema) -> Finding:
    field = schema.field(failure.variable)
    subject = failure.variable or schema.source
    more = "" if field is None else f"; it takes {wanted(field)}"
    message = f"{_cause(failure, schema)}{more}"
    remedy = f"see the validators of {schema.source}, and change {failure.variable or 'the values'}"
    return Finding(
        rule="config-rejected",
        severity=Severity.ERROR,
        layer=Layer.CONFIGURATION,
        subject=subject,
        message=message,
        remedy=remedy if value is None else f"{remedy} in {value.origin.source}",
        place=schema.source if value is None else str(value.origin),
    )


def _cause(failure: _Failure, schema: Schema) -> str:
    if failure.exception:
        return f"a validator of {schema.source} failed with {failure.exception}"
    if failure.type:
        return f"{schema.source} refuses it: {failure.type}"
    return f"a validator of {schema.source} refuses it"
