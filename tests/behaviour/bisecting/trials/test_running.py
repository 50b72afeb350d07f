"""Real trials: environments that are joined answer as those that are installed."""

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.outcome import Ending
from samestack.behaviour.bisecting.trials.running import interpreter_of, run_trial
from samestack.errors import OutsideError
from tests.behaviour.bisecting.trials.trial_wheels import of_command, packages, said, trial, use_wheels
from tests.envs.small_wheels import wheel
from tests.solve.local_index import LocalIndex, served
from tests.verify.breaking_index import add

VERSIONS = "import alpha, beta; print(alpha.__version__, beta.__version__)"
EVERYTHING = """\
import importlib.metadata, os, site, subprocess, sys, sysconfig
import alpha, shared.one, shared.two, late
print(alpha.__version__, shared.one.NAME, shared.two.NAME, late.VALUE)
print(sorted((one.name, one.version) for one in importlib.metadata.distributions()))
print([one.name for one in importlib.metadata.entry_points(group="console_scripts")])
print(subprocess.run(["say-alpha"], capture_output=True, text=True, check=True).stdout)
print(os.path.relpath(alpha.__file__, sys.prefix), sys.prefix == os.environ["VIRTUAL_ENV"])
print([os.path.relpath(one, sys.prefix) for one in site.getsitepackages()])
print(len(sys.path), site.ENABLE_USER_SITE)
print(sorted(os.listdir(os.path.dirname(shared.one.__file__))), hasattr(shared, "__file__"))
"""


BEGINS = "import sys, types\nlate = sys.modules['late'] = types.ModuleType('late')\nlate.VALUE = 7\n"
GAMMA = {"shared/two.py": "NAME = 'two'", "late.pth": "import begins\n", "begins.py": BEGINS}


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_wheels(tmp_path / "wheels", monkeypatch, tmp_path / "cache")
    return tmp_path / "wheels"


def test_packages_are_unpacked_once_and_then_joined(wheels: Path) -> None:
    for version in ("1", "2"):
        wheel(wheels, "alpha", version)
        wheel(wheels, "beta", version)
    first = run_trial(trial(VERSIONS, *packages(alpha="1", beta="2")))
    shutil.rmtree(wheels)  # nothing is installed again
    wheels.mkdir()
    second = run_trial(trial(VERSIONS, *packages(alpha="1", beta="2")))
    assert said(first) == said(second) == "1 2"
    assert second.notes == ()
    third = run_trial(trial(VERSIONS, *packages(alpha="2", beta="2")))
    assert third.ending is Ending.BUILD
    assert "alpha" in third.messages


def test_a_joined_environment_is_like_a_real_one(wheels: Path) -> None:
    wheel(wheels, "alpha", "1", {"alpha/data/text.txt": "x"}, command="say-alpha")
    wheel(wheels, "beta", "2", {"shared/one.py": "NAME = 'one'"})
    wheel(wheels, "gamma", "3", GAMMA)
    installed = packages(alpha="1", beta="2", gamma="3")
    joined = run_trial(trial(EVERYTHING, *installed))
    real = run_trial(trial(EVERYTHING, *installed, is_real=True))
    assert said(joined) == said(real)
    assert "alpha 1" in said(joined)
    assert joined.notes == real.notes == ()


def test_commands_of_packages_are_found(wheels: Path) -> None:
    wheel(wheels, "alpha", "4", command="say-alpha")
    assert said(run_trial(of_command(("say-alpha",), *packages(alpha="4")))) == "alpha 4"


def test_bytecode_is_there_before_the_first_run(wheels: Path) -> None:
    wheel(wheels, "alpha", "1")
    outcome = run_trial(trial("import alpha; print(alpha.__cached__)", *packages(alpha="1")))
    assert Path(said(outcome)).suffix == ".pyc"
    cached = next((wheels.parent / "cache").rglob("alpha/__pycache__/*.pyc"))
    before = cached.stat()
    run_trial(trial("import alpha", *packages(alpha="1")))
    assert cached.stat().st_mtime_ns == before.st_mtime_ns


def test_what_only_an_installer_can_decide_is_left_to_one(wheels: Path) -> None:
    wheel(wheels, "alpha", "1", {"shared/one.py": "NAME = 'alpha'"})
    wheel(wheels, "beta", "1", {"shared/one.py": "NAME = 'beta'"})
    outcome = run_trial(trial("import shared.one; print(shared.one.NAME)", *packages(alpha="1", beta="1")))
    assert said(outcome) in {"alpha", "beta"}
    assert outcome.notes == ("made as a real environment, since more than one package brings shared/one.py",)


def test_what_packages_have_in_common_or_leave_lying_about_is_no_matter(wheels: Path) -> None:
    same = {"shared/__init__.py": "", "shared/same.py": "VALUE = 1"}
    wheel(wheels, "alpha", "1", {**same, "tests/test_it.py": "1", "LICENSE": "a"})
    wheel(wheels, "beta", "1", {**same, "tests/test_it.py": "2", "LICENSE": "b"})
    outcome = run_trial(trial("import shared.same; print(shared.same.VALUE)", *packages(alpha="1", beta="1")))
    assert said(outcome) == "1"
    assert outcome.notes == ()


def test_without_a_cache_each_trial_has_an_environment_of_its_own(
    wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel(wheels, "alpha", "1")
    monkeypatch.setenv("SAMESTACK_CACHE", "")
    outcome = run_trial(trial("import alpha; print(alpha.__version__)", *packages(alpha="1")))
    assert said(outcome) == "1"
    assert outcome.notes == ("made as a real environment, since caches are switched off",)


@pytest.mark.parametrize("is_real", [False, True])
def test_another_file_than_the_locked_one_is_not_taken(wheels: Path, *, is_real: bool) -> None:
    wheel(wheels, "alpha", "1")
    altered = Package(name="alpha", version="1", hashes=(f"sha256:{'0' * 64}",))
    outcome = run_trial(trial("import alpha", altered, is_real=is_real))
    assert outcome.ending is Ending.BUILD
    assert "hash" in outcome.messages.lower()


def test_the_indexes_of_a_project_are_asked_and_its_constraints_do_not_bind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = LocalIndex()
    add(index, "alpha", "2", "VALUE = 2")
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with served(index) as address:
        (tmp_path / "pyproject.toml").write_text(
            '[project]\nname = "example"\nversion = "1"\n[tool.uv]\nconstraint-dependencies = ["alpha<2"]\n'
            f'[[tool.uv.index]]\nurl = "{address}"\ndefault = true\n'
        )
        monkeypatch.chdir(tmp_path)
        outcome = run_trial(trial("import alpha; print(alpha.VALUE)", *packages(alpha="2")))
    assert said(outcome) == "2"


def test_an_index_that_does_not_answer_says_nothing_of_the_environment(
    wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(wheels.parent / "uv-cache"))
    with pytest.raises(OutsideError, match="cannot be had"):
        run_trial(trial("pass", *packages(alpha="1")))


def test_a_python_that_is_not_there_says_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    with pytest.raises(OutsideError, match=r"Python 3\.6\.99"):
        interpreter_of("3.6.99")


def test_the_program_gets_the_variables_of_the_trial_and_no_other_environment(
    wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("KEPT", "yes")
    code = "import os, sys; print(os.environ['THREADS'], os.environ['KEPT'], os.environ.get('PYTHONHOME'))"
    outcome = run_trial(trial(code, variables=(("THREADS", "1"),)))
    assert said(outcome) == "1 yes None"


def test_nothing_of_a_trial_stays(wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    code = "import os, tempfile; print(tempfile.mkdtemp()); open(os.environ['SAMESTACK_OUTPUT'] + '/a', 'w')"
    outcome = run_trial(trial(code))
    assert said(outcome).startswith(str(tmp_path / "temporary"))
    assert list((tmp_path / "temporary").iterdir()) == []


def test_several_trials_at_once_unpack_each_package_once(wheels: Path) -> None:
    names = [f"package{number}" for number in range(6)]
    for name in names:
        wheel(wheels, name, "1")
    code = f"import {', '.join(names)}; print('done')"
    told: list[str] = []
    work = trial(code, *packages(**dict.fromkeys(names, "1")))
    threads = [threading.Thread(target=lambda: told.append(said(run_trial(work)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["done"] * 3
    entries = next((wheels.parent / "cache/trials-1").iterdir())
    assert not [one for one in entries.iterdir() if one.name.startswith(".")]
    assert len([one for one in entries.iterdir() if one.is_dir()]) == len(names)


def test_what_a_killed_process_left_in_the_store_is_cleared_away(wheels: Path) -> None:
    wheel(wheels, "alpha", "1")
    run_trial(trial("import alpha", *packages(alpha="1")))
    entry = next(one for one in (wheels.parent / "cache/trials-1").glob("*/alpha-*") if one.is_dir())
    aside = entry.with_name(f".{entry.name}")
    entry.rename(aside)
    shutil.rmtree(aside / "prefix/lib")
    script = (
        "from tests.behaviour.bisecting.trials.trial_wheels import packages, said, trial\n"
        "from samestack.behaviour.bisecting.trials.running import run_trial\n"
        "print(said(run_trial(trial('import alpha; print(alpha.__version__)', *packages(alpha='1')))))"
    )
    from samestack.process import run

    finished = run(
        (sys.executable, "-c", script), directory=Path(__file__).parents[4], environment=os.environ
    )
    assert finished.output == "1\n"
    assert not aside.exists()
