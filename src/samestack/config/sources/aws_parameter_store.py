"""AWS Parameter Store: the parameters below a path, some of them encrypted."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from samestack.capture.documents import shaped
from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank
from samestack.config.sources.aws_client import aws_client, load
from samestack.config.sources.aws_failures import aws_failures
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.sources.stored_names import MAX_VARIABLES, variables_below
from samestack.config.sources.timestamps import utc_text
from samestack.errors import InputError, RequestError
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import in_time


class _Parameter(Struct, frozen=True, rename="pascal"):
    name: str
    type: str
    """``String``, ``StringList`` or ``SecureString``."""
    version: int
    last_modified_date: dt.datetime
    value: str = ""
    """Empty where parameters are only described."""

    def __repr__(self) -> str:
        return f"_Parameter({self.name!r})"


class _Page(Struct, frozen=True, rename="pascal"):
    parameters: tuple[_Parameter, ...]


def _read(question: Question) -> tuple[Entry, ...]:
    wanted = {"Path": _path(question), "Recursive": True, "WithDecryption": True}
    found = _found("get_parameters_by_path", question, wanted)
    return tuple(
        Entry(name=name, value=_value(parameter), origin=_origin(parameter, question))
        for name, parameter in found
    )


def _value(parameter: _Parameter) -> str | list[str]:
    return parameter.value.split(",") if parameter.type == "StringList" else parameter.value


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    return tuple((name, _origin(parameter, question)) for name, parameter in _described(question))


def _revision(question: Question) -> str:
    lines = (f"{parameter.name} {parameter.version}" for _, parameter in _described(question))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _described(question: Question) -> tuple[tuple[str, _Parameter], ...]:
    """Every parameter without its value."""
    below = {"Key": "Path", "Option": "Recursive", "Values": [_path(question)]}
    return _found("describe_parameters", question, {"ParameterFilters": [below]})


def _found(operation: str, question: Question, wanted: dict[str, Any]) -> tuple[tuple[str, _Parameter], ...]:
    source = _shown(question)

    def ask() -> tuple[_Parameter, ...]:
        with aws_failures(question.seconds, source):
            client = aws_client("ssm", question, source)
            return tuple(_parameters(client.get_paginator(operation).paginate(**wanted), source))

    parameters = in_time(ask, question.seconds, source)
    if not parameters:
        hint = "see its name and the region"
        raise SourceError(source, Reason.EMPTY, "no parameter is below it", hint=hint)
    prefix = _path(question).rstrip("/") + "/"
    return variables_below(prefix, ((parameter.name, parameter) for parameter in parameters), source)


def _parameters(pages: Any, source: str) -> Iterator[_Parameter]:  # noqa: ANN401 - the library comes late
    count = 0
    for page in pages:
        parameters = shaped(page, _Page, file=source).parameters
        count += max(1, len(parameters))  # an empty page counts, too: there can be another after it
        if count > MAX_VARIABLES:
            raise InputError(source, f"more than {MAX_VARIABLES:,} parameters", hint="name a longer path")
        yield from parameters


def _origin(parameter: _Parameter, question: Question) -> Origin:
    return Origin(
        source=_shown(question),
        rank=Rank.CONFIGURATION_STORE,
        key=parameter.name,
        place=f"version {parameter.version}",
        changed=utc_text(parameter.last_modified_date),
        is_protected=parameter.type == "SecureString",
    )


def _path(question: Question) -> str:
    if not question.locator.startswith("/"):
        raise RequestError(
            f"{_shown(question)}: no path of parameters", hint=f"write aws-parameters:/{question.locator}"
        )
    return question.locator.rstrip("/") or "/"


def _shown(question: Question) -> str:
    return f"aws-parameters:{question.locator}"


KIND: Final = SourceKind(
    name="aws-parameters",
    rank=Rank.CONFIGURATION_STORE,
    summary="The parameters below a path of AWS Parameter Store; a SecureString may be a secret.",
    read=_read,
    present=_present,
    revision=_revision,
    options=frozenset({"region"}),
    prepare=load,
    is_remote=True,
    keeps_secrets=True,
)
