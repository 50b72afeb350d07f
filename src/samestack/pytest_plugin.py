"""The fixture ``samestack``: a test asks whether the project still answers what was recorded.

``samestack.check("boxes", detect(plate))`` compares with ``recordings/TESTS.recording`` beside the tests, and
records instead when pytest is called with ``--samestack-record``. Nothing more of samestack is loaded before
a test asks for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from samestack.behaviour.comparing.judgement import Judgement
    from samestack.behaviour.recording.recording import Answer
    from samestack.behaviour.recording.suite import Suite
    from samestack.model import Component

_MOST_SHOWN = 10


class Session:
    """What lasts for one session of pytest."""

    def __init__(self, *, is_recording: bool) -> None:
        self.is_recording = is_recording
        self.written: tuple[Path, ...] = ()
        self.problem = ""
        self._suite: Suite | None = None

    @property
    def suite(self) -> "Suite":
        """Loaded by the first test that asks."""
        from samestack.behaviour.recording.suite import Suite

        self._suite = self._suite or Suite()
        return self._suite

    def finish(self, root: Path) -> None:
        """Write what was recorded."""
        from samestack.errors import SamestackError

        if self._suite is not None and self.is_recording:
            try:
                self.written = self._suite.write(root)
            except SamestackError as error:
                self.problem = _said(error)


class Checker:
    """What a test gets: it knows whose answers are asked for."""

    def __init__(self, session: Session, tests: Path, test: str, root: Path) -> None:
        self._session, self._tests, self._test, self._root = session, tests, test, root

    def check(self, name: str, value: object) -> None:
        """Fail unless ``value`` is what was recorded under ``name`` in this test, within its tolerance.

        A value is whatever a program answers: numbers, texts, lists, mappings, dataclasses, NumPy arrays,
        tensors, data frames, pictures. Of a callable it is the result; that is recorded three times, and what
        differs between them is allowed for.
        """
        __tracebackhide__ = True
        from samestack.errors import SamestackError

        try:
            problem = self._problem(name, value)
        except SamestackError as error:
            problem = _said(error)
        if problem:
            pytest.fail(problem, pytrace=False)

    def _problem(self, name: str, value: object) -> str:
        from samestack.behaviour.recording.suite import REPEATS, answers_of

        suite = self._session.suite
        if self._session.is_recording:
            suite.add(self._tests, self._test, answers_of(name, value, REPEATS))
            return ""
        (answer,) = answers_of(name, value, 1)
        references = suite.references(self._tests, self._test, name)
        if not references:
            return f"'{name}' of this test is not recorded; record it with: pytest --samestack-record"
        return self._differences(name, references, answer)

    def _differences(self, name: str, references: "tuple[Answer, ...]", answer: "Answer") -> str:
        from samestack.behaviour.comparing.answers import judge_answer, judge_over_inputs
        from samestack.behaviour.comparing.rules import rules_of
        from samestack.behaviour.comparing.settings import read_settings

        rules = rules_of([{self._test: one} for one in references], read_settings(self._root))
        judgements = {
            **judge_answer(references[0], answer, rules),
            **judge_over_inputs({self._test: references[0]}, {self._test: answer}, rules),
        }
        failed = {field: one for field, one in judgements.items() if not one.is_same}
        return _told(name, failed, len(judgements)) + self._since() if failed else ""

    def _since(self) -> str:
        """Which packages are others than when it was recorded, where any is."""
        from samestack.behaviour.recording.suite import this_environment
        from samestack.compare.changes import compare
        from samestack.compare.releases import releases

        recording = self._session.suite.recording(self._tests)
        if recording is None:
            return ""
        found = compare(releases(recording.snapshot.stack), releases(this_environment().stack))
        # Another release says more than a package that was not there.
        changes = sorted(found, key=lambda one: one.before is None or one.after is None)
        named = [f"{one.name} {_version(one.before)} -> {_version(one.after)}" for one in changes]
        more = f" and {len(named) - _MOST_SHOWN} more" if len(named) > _MOST_SHOWN else ""
        return f"\nsince then: {', '.join(named[:_MOST_SHOWN])}{more}" if named else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--samestack-record``."""
    parser.getgroup("samestack").addoption(
        "--samestack-record",
        action="store_true",
        help="record what samestack.check() is given, instead of comparing with what was recorded",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin a session; recordings are written by one process."""
    is_recording = bool(config.getoption("samestack_record"))
    if is_recording and hasattr(config, "workerinput"):
        raise pytest.UsageError("--samestack-record works in one process: leave -n away")
    config.stash[_SESSION] = Session(is_recording=is_recording)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the recordings."""
    state = session.config.stash[_SESSION]
    state.finish(session.config.rootpath)
    if state.problem and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.USAGE_ERROR


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the recordings that were written, or why none was."""
    state = config.stash[_SESSION]
    for path in state.written:
        terminalreporter.write_line(f"samestack: {path.name} was written into {path.parent}")
    if state.problem:
        terminalreporter.write_line(f"samestack: {state.problem}", red=True)


@pytest.fixture
def samestack(request: pytest.FixtureRequest) -> Checker:
    """``samestack.check(name, value)``: is it still what was recorded?"""
    config, path = request.config, request.path
    test = request.node.nodeid.partition("::")[2]
    return Checker(config.stash[_SESSION], path, test, config.rootpath)


_SESSION = pytest.StashKey[Session]()


def _told(name: str, failed: "dict[str, Judgement]", total: int) -> str:
    fields = "1 field" if total == 1 else f"{total} fields"
    lines = [f"  {field}: {one.detail}" for field, one in list(failed.items())[:_MOST_SHOWN]]
    more = [f"  and {len(failed) - _MOST_SHOWN} more"] if len(failed) > _MOST_SHOWN else []
    return "\n".join((f"'{name}' is not what was recorded, in {len(failed)} of {fields}:", *lines, *more))


def _version(package: "Component | None") -> str:
    return "none" if package is None else package.version or "of no stated version"


def _said(error: Any) -> str:  # noqa: ANN401 - a SamestackError, which is not loaded yet
    return f"{error.message} ({error.hint})" if error.hint else str(error.message)
