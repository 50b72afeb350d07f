"""Real interpreters that import real files, of which some do their worst."""

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.check.imports.plan import Package
from samestack.check.imports.run import Outcome, Outcomes, import_all
from samestack.errors import OutsideError
from samestack.progress import SILENT, Reporter
from tests.capture.real_environments import interpreter_of_series

Run = Callable[..., Outcomes]


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    return environment_of(Path(sys.executable).resolve(), tmp_path)


def environment_of(interpreter: Path, directory: Path) -> Path:
    """A virtual environment by its shape alone: a link and a file, as PEP 405 says."""
    prefix = directory / "venv"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin/python").symlink_to(interpreter)
    (prefix / "pyvenv.cfg").write_text(f"home = {interpreter.parent}\n")
    series = interpreter.name.removeprefix("python")
    if "." not in series:
        series = f"{sys.version_info.major}.{sys.version_info.minor}"
    (prefix / f"lib/python{series}/site-packages").mkdir(parents=True)
    return prefix


def plant(prefix: Path, **modules: str) -> None:
    (site,) = prefix.glob("lib/python*/site-packages")
    for name, text in modules.items():
        (site / f"{name}.py").write_text(textwrap.dedent(text))


def imported(prefix: Path, *modules: str, seconds: float = 30, reporter: Reporter = SILENT) -> Outcomes:
    packages = [Package(name=f"of-{module}", modules=(module,)) for module in modules]
    return import_all(packages, str(prefix / "bin/python"), str(prefix), seconds=seconds, reporter=reporter)


def outcome(prefix: Path, module: str, text: str, seconds: float = 30) -> Outcome:
    plant(prefix, **{module: text})
    (found,) = imported(prefix, module, seconds=seconds).outcomes
    assert (found.package, found.module) == (f"of-{module}", module)
    return found


def test_a_module_is_imported(environment: Path) -> None:
    assert outcome(environment, "fine", "answer = 42").outcome == "imported"


@pytest.mark.parametrize("series", ["3.7", "3.8", "3.12", "3.13"])
def test_every_python_from_3_7_on_can_do_it(series: str, tmp_path: Path) -> None:
    prefix = environment_of(interpreter_of_series(series), tmp_path)
    plant(prefix, fine="", bad="import fine, nowhere")
    found = {one.module: one for one in imported(prefix, "fine", "bad").outcomes}
    assert (found["fine"].outcome, found["bad"].outcome) == ("imported", "failed")
    assert found["bad"].errors[0].line == "ModuleNotFoundError: No module named 'nowhere'"


def test_an_exception_is_told_with_what_led_to_it_and_where_it_passed(environment: Path) -> None:
    plant(environment, inner="import nowhere_at_all")
    found = outcome(
        environment,
        "outer",
        """
        try:
            import inner
        except ImportError as error:
            raise RuntimeError("outer needs inner\\nor does it?") from error
        """,
    )
    assert [(one.kind, one.missing) for one in found.errors] == [
        ("RuntimeError", ""),
        ("ModuleNotFoundError", "nowhere_at_all"),
    ]
    assert found.errors[0].line == "RuntimeError: outer needs inner"
    names = [Path(one).name for one in found.files]
    assert [name for name in names if name != "__init__.py"] == ["outer.py", "inner.py"]


@pytest.mark.parametrize(("number", "name"), [(4, "SIGILL"), (11, "SIGSEGV"), (6, "SIGABRT")])
def test_a_crash_is_told_by_its_signal_and_kills_nothing_else(
    environment: Path, number: int, name: str
) -> None:
    plant(environment, crash=f"import os; os.kill(os.getpid(), {number})", fine="")
    found = {one.module: one for one in imported(environment, "crash", "fine").outcomes}
    assert (found["crash"].outcome, found["crash"].signal) == ("died", name)
    assert "crash.py" in found["crash"].output  # what faulthandler printed
    assert found["fine"].outcome == "imported"


def test_what_ends_the_interpreter_is_told(environment: Path) -> None:
    left = outcome(environment, "left", "import os; os._exit(3)")
    assert (left.outcome, left.status) == ("left", 3)
    assert outcome(environment, "exits", "raise SystemExit(4)").errors[0].kind == "SystemExit"


def test_what_takes_too_long_is_ended_with_everything_that_it_started(
    environment: Path, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    found = outcome(
        environment,
        "slow",
        f"""
        import subprocess, time
        child = subprocess.Popen(["sleep", "300"])
        open({str(pid)!r}, "w").write(str(child.pid))
        time.sleep(300)
        """,
        seconds=3,
    )
    assert found.outcome == "late"
    assert is_gone(int(pid.read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has buried yet is a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_flood_of_output_is_read_and_only_its_end_is_kept(environment: Path) -> None:
    found = outcome(
        environment, "flood", "for _ in range(300): print('x' * 100_000)\nraise ValueError('end')"
    )
    assert found.outcome == "failed"
    assert len(found.output) <= 4000


def test_what_modules_print_is_not_taken_for_an_answer(environment: Path) -> None:
    text = 'import os; os.write(1, b\'{"package": "lie"}\\n\'); os.write(2, b"{}\\n")'
    assert outcome(environment, "liar", text).outcome == "imported"


def test_there_is_no_network_where_the_report_says_so(environment: Path) -> None:
    plant(environment, net="import socket; socket.create_connection(('192.0.2.1', 9), timeout=20)")
    found = imported(environment, "net", seconds=60)
    if not found.done.is_offline:
        pytest.skip("this system does not let a process leave the network")
    assert "Network is unreachable" in found.outcomes[0].errors[0].line


def test_the_surroundings_are_poor_and_the_environment_stays_as_it_is(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MY_TOKEN", "secret")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shadow.py").write_text("raise ValueError('the working directory is imported from')")
    before = sorted(environment.rglob("*"))
    text = """
        import os, sys
        assert "MY_TOKEN" not in os.environ, "a secret"
        assert not os.listdir(os.getcwd()) and os.getcwd() == os.environ["HOME"], "another directory"
        assert not [one for one in sys.path if "samestack" in one], sys.path
        assert sys.stdin.read() == "", "somebody answers"
        """
    found = outcome(environment, "shadow", text)
    assert (found.outcome, found.errors) == ("imported", ())
    assert sorted(environment.rglob("*")) == sorted([*before, *environment.rglob("shadow.py")])


def test_warnings_are_no_failures(environment: Path) -> None:
    text = "import warnings; warnings.warn('old', DeprecationWarning)"
    assert outcome(environment, "old", text).outcome == "imported"


def test_what_is_perhaps_there_is_no_failure_if_it_is_not(environment: Path) -> None:
    plant(environment, six="", space="")
    packages = [Package(name="six-more", modules=("six",), perhaps=("six.more", "nowhere.more"))]
    python = str(environment / "bin/python")
    found = import_all(packages, python, str(environment), seconds=30, reporter=SILENT)
    assert [one.outcome for one in found.outcomes] == ["imported"]
    assert found.done.modules == 1


def test_every_module_is_reported(environment: Path) -> None:
    class Watcher(Reporter):
        seen: list[str]

        def started(self, work: str, total: int | None = None) -> None:
            self.seen = [f"{work} {total}"]

        def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
            self.seen.append(detail)

        def finished(self) -> None:
            self.seen.append("end")

    plant(environment, one="", two="")
    watcher = Watcher()
    imported(environment, "one", "two", reporter=watcher)
    assert watcher.seen[0] == "imports 2"
    assert sorted(watcher.seen[1:-1]) == ["one", "two"]
    assert watcher.seen[-1] == "end"


def test_an_interpreter_that_is_gone_or_none_is_told(environment: Path) -> None:
    (environment / "bin/python").unlink()
    with pytest.raises(OutsideError, match="cannot be started: No such file"):
        imported(environment, "one")
    (environment / "bin/python").symlink_to("/bin/false")
    with pytest.raises(OutsideError, match="ended with status 1"):
        imported(environment, "one")
    (environment / "bin/python").unlink()
    (environment / "bin/python").symlink_to("/bin/echo")
    with pytest.raises(OutsideError, match="does not answer as a Python does"):
        imported(environment, "one")
