"""Where a Python of a given version is on this machine."""

import os
import shutil
from pathlib import Path

from samestack.errors import OutsideError
from samestack.process import run


def python_request(version: str) -> str:
    """What to ask uv for: the path of a ``pythonX.Y`` that runs, else the version, which uv may fetch."""
    found = next((path for path in _candidates(version) if _runs(path, version)), None)
    return version if found is None else str(found)


def _candidates(version: str) -> list[Path]:
    roots = {Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser(), Path("~/.pyenv").expanduser()}
    pyenv = [path for root in sorted(roots) for path in sorted(root.glob(f"versions/{version}.*/bin/python"))]
    on_path = shutil.which(f"python{version}")
    # pyenv puts a shim on PATH for every version that it has, also for those that are not selected here.
    return pyenv + ([Path(on_path)] if on_path else [])


def _runs(path: Path, version: str) -> bool:
    """Whether it is a Python of this version: an interpreter of our own choosing, not one examined."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = run([path, "-I", "-c", question], timeout=30, check=False)
    except OutsideError:
        return False
    return answer.status == 0 and answer.output.strip() == version
