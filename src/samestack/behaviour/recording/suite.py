"""What the tests of a project's own suite answer: one recording a file of tests, beside it."""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from samestack.behaviour.recording.callable_child import Store
from samestack.behaviour.recording.callables import resolved
from samestack.behaviour.recording.cleaning import clean_answer, clean_snapshot
from samestack.behaviour.recording.fields import fields_of
from samestack.behaviour.recording.origin import origin_now
from samestack.behaviour.recording.personal import Personal
from samestack.behaviour.recording.recording import Answer, Program, Recording, Run
from samestack.behaviour.recording.recording_file import SUFFIX, read_recording, write_recording
from samestack.capture.entry import capture
from samestack.errors import RequestError
from samestack.model import Kind, Reference, Snapshot

REPEATS: Final = 3
"""How often a value that is a callable is asked for when it is recorded, to know its noise."""

_DIRECTORY: Final = "recordings"


def recording_path(tests: Path) -> Path:
    """Where the recording of a file of tests stands."""
    return tests.parent / _DIRECTORY / f"{tests.stem}{SUFFIX}"


def answers_of(name: str, value: Any, repeats: int) -> tuple[Answer, ...]:  # noqa: ANN401 - whatever it is
    """The fields of a value, all below ``name``; of a callable those of so many calls.

    :class:`RequestError` for a name that cannot be a field's, and for values that are not kept.
    """
    if not name.isidentifier():
        raise RequestError(f"'{name}' cannot be the name of a field", hint="write it as a name in Python")
    values = [value() for _ in range(repeats)] if callable(value) else [value]
    personal = Personal.here({})
    return tuple(clean_answer(_answer(name, one), personal) for one in values)


def is_of(field: str, name: str) -> bool:
    """Whether a field is of the value with this name."""
    return field == name or field.startswith((f"{name}.", f"{name}["))


def this_environment() -> Snapshot:
    """What there is to capture of the Python that runs this."""
    return clean_snapshot(capture(Reference(Kind.PYTHON, sys.executable)), Personal.here({}))


class Suite:
    """The recordings of one session: those that are compared with, and those that are made."""

    def __init__(self, snapshot: Callable[[], Snapshot] = this_environment) -> None:
        self._snapshot = snapshot
        self._known: dict[Path, Recording | None] = {}
        self._made: dict[Path, dict[str, list[dict[str, Any]]]] = {}

    def recording(self, tests: Path) -> Recording | None:
        """The recording of a file of tests, where there is one."""
        path = recording_path(tests)
        if path not in self._known:
            self._known[path] = read_recording(path) if path.is_file() else None
        return self._known[path]

    def references(self, tests: Path, test: str, name: str) -> tuple[Answer, ...]:
        """What was recorded for a value of a test, in each repeat; nothing where it was not."""
        recording = self.recording(tests)
        outputs = [run.outputs.get(test, {}) for run in recording.runs] if recording is not None else []
        answers = ({path: one for path, one in output.items() if is_of(path, name)} for output in outputs)
        return tuple(answer for answer in answers if answer)

    def add(self, tests: Path, test: str, answers: Sequence[Answer]) -> None:
        """Record what a value of a test was, once for each repeat."""
        runs = self._made.setdefault(tests, {}).setdefault(test, [])
        for number, answer in enumerate(answers):
            if number == len(runs):
                runs.append({})
            runs[number].update(answer)

    def write(self, root: Path) -> tuple[Path, ...]:
        """Write what was recorded; of a test that was not run, what was recorded before is kept.

        :class:`RequestError` where that was in another environment: a recording is of one.
        """
        snapshot = self._snapshot() if self._made else None
        written = []
        for tests, made in self._made.items():
            assert snapshot is not None  # noqa: S101 - something was made
            path = recording_path(tests)
            path.parent.mkdir(exist_ok=True)
            recording = _recording(tests, root, self._with_others(tests, made, snapshot), snapshot)
            write_recording(recording, path)
            written.append(path)
        return tuple(written)

    def _with_others(
        self, tests: Path, made: Mapping[str, Sequence[Answer]], snapshot: Snapshot
    ) -> Mapping[str, Sequence[Answer]]:
        before = self.recording(tests)
        others: dict[str, list[Answer]] = {}
        for run in before.runs if before is not None else ():
            for test in run.outputs.keys() - made.keys():
                others.setdefault(test, []).append(run.outputs[test])
        if others and before is not None and before.snapshot.stack.digest != snapshot.stack.digest:
            raise RequestError(
                f"{recording_path(tests)}: other tests in it were recorded in another environment",
                hint=f"record all of them: pytest --samestack-record {tests}",
            )
        return {**others, **made}


def _answer(name: str, value: Any) -> Answer:  # noqa: ANN401
    """As a callable's result is kept: through the files that hold it."""
    with tempfile.TemporaryDirectory(prefix="samestack-check-") as directory:
        try:
            tree = json.loads(json.dumps(Store(directory).tree(value)))
            return fields_of(resolved(tree, Path(directory)), name)
        except (TypeError, ValueError) as error:
            raise RequestError(f"{name}: {error}") from None


def _recording(
    tests: Path, root: Path, answers: Mapping[str, Sequence[Answer]], snapshot: Snapshot
) -> Recording:
    shown = str(tests.relative_to(root)) if tests.is_relative_to(root) else tests.name
    count = max(len(each) for each in answers.values())
    return Recording(
        origin=origin_now(),
        program=Program(command=("pytest", shown)),
        environment=snapshot.origin.reference,
        snapshot=snapshot,
        runs=tuple(
            Run(outputs={test: each[number] for test, each in answers.items() if number < len(each)})
            for number in range(count)
        ),
    )
