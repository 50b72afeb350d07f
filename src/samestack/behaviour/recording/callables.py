"""A Python callable is called for each input, all in one process as long as that lives."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from samestack.behaviour.recording.arrays import array_from, plain_array
from samestack.behaviour.recording.environments import Place
from samestack.behaviour.recording.execution import Execution, execute
from samestack.behaviour.recording.fields import fields_of
from samestack.behaviour.recording.pictures import picture_from
from samestack.behaviour.recording.recording import Answer, Outcome
from samestack.errors import OutsideError, SamestackError

_SCRIPT: Final = Path(__file__).with_name("callable_child.py")


class Call(Struct, frozen=True, kw_only=True):
    """One call that is over."""

    name: str
    """Of the input."""
    outcome: Outcome
    seconds: float = 0.0
    peak_memory: int = 0
    answer: Answer = {}


class _Told(Struct, frozen=True):
    index: int
    begins: bool
    seconds: float = 0.0
    status: int = 0
    messages: str = ""


def calls(
    function: str, words: Mapping[str, Sequence[str]], directory: Path, place: Place, *, seconds: float = 0.0
) -> Iterator[Call]:
    """Call ``module:function`` with the words of each input, for at most so many seconds each (0: any).

    A call that kills the process costs no other one its answer: the rest goes on in a new process.
    """
    names = tuple(words)
    begin = 0
    while begin < len(names):
        run = directory / f"from-{begin}"
        run.mkdir()
        numbered = [(index, list(words[names[index]])) for index in range(begin, len(names))]
        execution = _execution(function, numbered, run, place, seconds)
        over, at_hand = _heard(run)
        for told in over:
            yield _call(names[told.index], told, execution, run / "results" / str(told.index))
        begin += len(over)
        if begin < len(names):
            # Before any call begins it is the import that fails, and would for all others as well.
            last = begin if at_hand else len(names) - 1
            for index in range(begin, last + 1):
                yield _broken(names[index], execution, run)
            begin = last + 1


def _execution(function: str, numbered: Sequence[Any], run: Path, place: Place, seconds: float) -> Execution:
    results, process, plan = run / "results", run / "process", run / "plan.json"
    results.mkdir()
    process.mkdir()
    said = {
        "callable": function,
        "calls": numbered,
        "results": str(results),
        "told": str(run / "told"),
        "clock": str(run / "clock"),
        "seconds": seconds,
    }
    plan.write_bytes(msgspec.json.encode(said))
    return execute([place.interpreter, str(_SCRIPT), str(plan)], process, place.variables)


def _heard(run: Path) -> tuple[list[_Told], bool]:
    """The calls that are over, and whether another one had begun."""
    if not (run / "told").is_file():
        return [], False
    lines = (run / "told").read_bytes().splitlines()
    try:
        told = [msgspec.json.decode(line, type=_Told) for line in lines]
    except msgspec.DecodeError as error:
        raise OutsideError(f"what the callable came to could not be told: {error}") from None
    return [one for one in told if not one.begins], bool(told) and told[-1].begins


def _call(name: str, told: _Told, execution: Execution, directory: Path) -> Call:
    outcome = Outcome(status=told.status, messages=told.messages)
    call = Call(name=name, outcome=outcome, seconds=told.seconds, peak_memory=execution.peak_memory)
    if told.status:
        return call
    try:
        tree = json.loads((directory / "result.json").read_bytes())
        return structs.replace(call, answer=fields_of(resolved(tree, directory)))
    except (ValueError, OSError, RecursionError) as error:
        trouble = f"what it returned cannot be read: {error}"
    except SamestackError as error:
        if error.exit_status != OutsideError.exit_status:
            raise
        trouble = error.message
    return structs.replace(call, outcome=structs.replace(outcome, trouble=trouble))


def _broken(name: str, execution: Execution, run: Path) -> Call:
    """A call, or an import, that the process did not survive."""
    clock = run / "clock"
    is_late = clock.is_file() and clock.read_bytes().startswith(b"Timeout")
    outcome = execution.outcome
    if is_late:
        outcome = structs.replace(outcome, status=0, is_late=True)
    elif not outcome.is_failure:
        outcome = structs.replace(outcome, trouble="it ended the interpreter")
    return Call(name=name, outcome=outcome, peak_memory=execution.peak_memory)


def resolved(tree: Any, directory: Path) -> Any:  # noqa: ANN401 - JSON
    """The tree with the arrays and pictures that it names, which are files in the directory.

    ``ValueError`` where one is no such file.
    """
    if isinstance(tree, list):
        return [resolved(one, directory) for one in tree]
    if not isinstance(tree, dict):
        return tree
    match tree:
        case {"$array": str(name)}:
            return plain_array(array_from(_file(directory, name)), "keeping arrays")
        case {"$picture": str(name)}:
            return picture_from(_file(directory, name))
    return {key.removeprefix("$"): resolved(one, directory) for key, one in tree.items()}


def _file(directory: Path, name: str) -> bytes:
    if Path(name).name != name:
        raise ValueError(f"'{name}' is no file of a result")
    return (directory / name).read_bytes()
