"""Programs that end in every way there is, with all that they have started."""

import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.stopping import listen_to
from samestack.behaviour.bisecting.trials.supervision import Limits, StoppedError, supervised
from samestack.process import lines
from tests.services.requirement import unavailable

MIB = 1024 * 1024
BEATING = """\
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open(sys.argv[1], "a").write("x")
            time.sleep(0.02)
    os._exit(0)
os.wait()
while not os.path.exists(sys.argv[1]):
    time.sleep(0.01)
"""


def place(directory: Path, variables: Mapping[str, str] = os.environ) -> Place:
    return Place(environment=directory / "environment", scratch=directory, variables=variables)


def run(directory: Path, code: str, *words: str, limits: Limits | None = None) -> Outcome:
    command = (sys.executable, "-c", code, *words)
    return supervised(command, directory, place(directory), limits or Limits(seconds=60))


def is_still(file: Path) -> bool:
    """Whether nobody writes into a file any more; a moment for the last of what was under way."""
    for _ in range(20):
        size = file.stat().st_size
        time.sleep(0.2)
        if file.stat().st_size == size:
            return True
    return False


def test_what_it_says_and_writes_is_kept(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        "import os, sys\nprint('answer')\nprint('a' * 9000 + 'end', file=sys.stderr)\n"
        "os.mkdir(os.environ['SAMESTACK_OUTPUT'] + '/deep')\n"
        "open(os.environ['SAMESTACK_OUTPUT'] + '/deep/file', 'wb').write(bytes(3))\nsys.exit(3)",
    )
    assert (outcome.ending, outcome.status, outcome.output) == (Ending.EXIT, 3, b"answer\n")
    assert outcome.files == {"deep/file": bytes(3)}
    assert outcome.messages.endswith("aaaend")
    assert len(outcome.messages) <= 4000
    assert outcome.seconds > 0
    assert outcome.peak_memory > MIB


@pytest.mark.parametrize(
    ("number", "name"), [(11, "SIGSEGV"), (6, "SIGABRT"), (15, "SIGTERM"), (9, "SIGKILL")]
)
def test_signals_are_told_by_name(tmp_path: Path, number: int, name: str) -> None:
    outcome = run(tmp_path, f"import os; os.kill(os.getpid(), {number})")
    assert (outcome.ending, outcome.signal) == (Ending.SIGNAL, name)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    outcome = run(tmp_path, "import time; time.sleep(60)", limits=Limits(seconds=0.3))
    assert outcome.ending is Ending.TIME
    assert outcome.seconds < 30


def test_what_takes_too_much_memory_is_ended_before_it_has_it(tmp_path: Path) -> None:
    code = "import time\nkept = []\nwhile True:\n kept.append(bytearray(2**20))\n time.sleep(0.001)"
    outcome = run(tmp_path, code, limits=Limits(seconds=60, memory=100 * MIB))
    assert outcome.ending is Ending.MEMORY
    assert outcome.peak_memory < 1000 * MIB


def test_memory_of_several_processes_counts_together_and_shared_memory_once(tmp_path: Path) -> None:
    forks = "import os, time\n{}\nfor _ in range(3):\n if os.fork() == 0:\n  {}\n  time.sleep({})\n"
    forks += "  os._exit(0)\nfor _ in range(3): os.wait()"
    limits = Limits(seconds=60, memory=200 * MIB)
    apart = run(tmp_path, forks.format("", "own = bytearray(90 * 2**20)", 30), limits=limits)
    assert apart.ending is Ending.MEMORY
    together = run(tmp_path, forks.format("shared = bytearray(90 * 2**20)", "", 0.5), limits=limits)
    assert (together.ending, together.status) == (Ending.EXIT, 0)


@pytest.mark.service
def test_what_the_kernel_ends_for_want_of_memory_is_told_apart_from_other_signals(tmp_path: Path) -> None:
    with small_memory(50 * MIB) as group:
        code = f"import os\nopen({str(group / 'cgroup.procs')!r}, 'w').write(str(os.getpid()))\n"
        code += "kept = []\nwhile True: kept.append(bytearray(2**20))"
        outcome = run(tmp_path, code)
    assert (outcome.ending, outcome.signal) == (Ending.MEMORY, "")


@contextmanager
def small_memory(most: int) -> Iterator[Path]:
    """A control group whose processes have so many bytes between them, swap included."""
    v1, v2 = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
    parent, names = (
        (v1, ("limit_in_bytes", "memsw.limit_in_bytes")) if v1.is_dir() else (v2, ("max", "swap.max"))
    )
    group = parent / f"samestack-test-{os.getpid()}"
    try:
        group.mkdir()
    except OSError as error:
        unavailable(f"no control group can be made here: {error.strerror}")
    try:
        for name, value in zip(names, (most, 0 if parent == v2 else most), strict=True):
            if (group / f"memory.{name}").exists():
                (group / f"memory.{name}").write_text(str(value))
        if not (group / f"memory.{names[0]}").exists():
            unavailable("the memory of control groups cannot be limited here")
        yield group
    finally:
        group.rmdir()


def test_what_writes_too_much_is_ended(tmp_path: Path) -> None:
    limits = Limits(seconds=60, output=MIB)
    assert run(tmp_path, "while True: print('x' * 1000)", limits=limits).ending is Ending.OUTPUT
    file = "import os; open(os.environ['SAMESTACK_OUTPUT'] + '/f', 'wb').write(bytes(2**21))"
    outcome = run(tmp_path, file, limits=limits)
    assert (outcome.ending, outcome.files) == (Ending.OUTPUT, {})


@pytest.mark.parametrize(("command", "status"), [("no-such-program", 127), ("/", 126)])
def test_what_cannot_be_started_has_the_status_of_a_shell(tmp_path: Path, command: str, status: int) -> None:
    outcome = supervised((command,), tmp_path, place(tmp_path), Limits())
    assert (outcome.ending, outcome.status) == (Ending.EXIT, status)
    assert command in outcome.messages


def test_daemons_do_not_outlive_their_trial(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    assert run(tmp_path, BEATING, str(beat)).status == 0
    assert beat.exists()
    assert is_still(beat)


def test_whoever_signals_its_own_group_signals_nobody_else(tmp_path: Path) -> None:
    code = "import os, signal\nsignal.signal(15, signal.SIG_IGN)\nos.killpg(0, 15)\nprint('alive')"
    assert run(tmp_path, code).output == b"alive\n"


def test_it_stops_when_its_thread_is_told_to(tmp_path: Path) -> None:
    beat, stop, errors = tmp_path / "beat", threading.Event(), list[BaseException]()

    def work() -> None:
        listen_to(stop)
        try:
            run(tmp_path, f"{BEATING}\ntime.sleep(60)", str(beat))
        except StoppedError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while not beat.exists():
        time.sleep(0.02)
    stop.set()
    thread.join(30)
    assert len(errors) == 1
    assert not tmp_path.exists()  # with whatever was in it


def test_it_ends_with_whoever_waits_for_it_and_leaves_nothing(tmp_path: Path) -> None:
    """The waiting process is killed: the supervisor has no parent any more, and nobody to tell."""
    scratch, beat = tmp_path / "scratch", tmp_path / "beat"
    scratch.mkdir()
    waiting = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tests.behaviour.bisecting.trials.test_supervision import BEATING, run\n"
        "print(os.getpid(), flush=True)\n"
        f"run(Path({str(scratch)!r}), BEATING + 'time.sleep(60)', {str(beat)!r})"
    )
    root = Path(__file__).parents[4]
    started = lines((sys.executable, "-c", waiting), directory=root, environment=os.environ)
    process = int(next(started))
    while not beat.exists():
        time.sleep(0.02)
    os.kill(process, 9)
    assert is_still(beat)
    for _ in range(50):
        if not scratch.exists():
            break
        time.sleep(0.1)
    assert not scratch.exists()


def test_the_plan_with_the_variables_of_the_program_does_not_lie_about(tmp_path: Path) -> None:
    variables = {**os.environ, "TOKEN": "secret-of-the-test"}
    code = "import sys; from pathlib import Path\n"
    code += f"print([str(p) for p in Path({str(tmp_path)!r}).rglob('*') if p.is_file()"
    code += " and b'secret-of' in p.read_bytes()])"
    outcome = supervised((sys.executable, "-c", code), tmp_path, place(tmp_path, variables), Limits())
    assert outcome.output == b"[]\n"
