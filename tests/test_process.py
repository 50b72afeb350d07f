"""Programs that are started, watched, and ended with everything that they have started."""

import sys
import time
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.process import lines


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_lines_come_as_they_are_written(tmp_path: Path) -> None:
    told = lines(python("print(1, flush=True); input(); print(2)"), directory=tmp_path, environment={})
    assert next(told) == "1\n"
    with pytest.raises(OutsideError, match="EOFError"):
        list(told)


def test_a_program_gets_only_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    told = lines(python("import os; print(sorted(os.environ))"), directory=tmp_path, environment={"A": "b"})
    said = "".join(told)
    assert "'A'" in said
    assert "SECRET" not in said


def test_a_program_dies_with_the_iteration(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    script = (
        "import time\nwhile True:\n print(1, flush=True)\n open('beat', 'a').write('x')\n time.sleep(0.01)"
    )
    told = lines(python(script), directory=tmp_path, environment={})
    next(told)
    told.close()  # type: ignore[attr-defined]
    size = beat.stat().st_size if beat.exists() else 0
    time.sleep(0.2)
    assert (beat.stat().st_size if beat.exists() else 0) == size


def test_a_program_that_fails_or_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="ended with status 3:\nno more"):
        list(
            lines(
                python("import sys; sys.stderr.write('no more'); sys.exit(3)"),
                directory=tmp_path,
                environment={},
            )
        )
    with pytest.raises(OutsideError, match="cannot be started"):
        list(lines(["/nowhere/at/all"], directory=tmp_path, environment={}))
