"""A request read, a class imported, an answer told on a line of its own."""

from __future__ import annotations

import json
import os
import sys

from .building import failures_of
from .importing import imported_class, own_files
from .refusal import Refusal
from .variables import has_checks, reader_of, variables_of


def main() -> None:
    """Answer the request on standard input.

    Whatever the project's modules print goes to the standard error: the answer has a descriptor of its own.
    Nothing that they registered for the end of the process is run.
    """
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    told = os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    try:
        answer = _answer(request)
    except Refusal as refusal:
        answer = {"refusal": refusal.told()}
    except BaseException as error:  # noqa: BLE001 - a stranger's class may raise anything, with values in its words
        answer = {"refusal": Refusal("unreadable", type(error).__name__).told()}
    with os.fdopen(told, "wb") as stream:
        stream.write(json.dumps(answer).encode("ascii") + b"\n")
    os._exit(0)


def _answer(request: dict[str, object]) -> dict[str, object]:
    settings = imported_class(str(request["class"]))
    reader = reader_of(settings)
    variables = variables_of(settings, reader)
    if "values" in request:
        return {"failures": failures_of(settings, reader, variables, request["values"])}
    fields = [variable.told(reader) for variable in variables]
    return {"fields": fields, "has_checks": has_checks(settings, reader, fields), "files": own_files()}
