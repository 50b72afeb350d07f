"""What a lock costs beside plain uv: one that is decided anew, and one where nothing has changed."""

import shlex
import tomllib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.environments import REPOSITORY, UV, build
from benchmarks.measure import Cost, side_by_side
from samestack.solve.uv.index_settings import index_settings

ROUNDS = 9
LOCK, NOTHING_NEW = "samestack lock --upgrade-all", "samestack lock, nothing changed"
COMPILE, UV_LOCK = "uv pip compile --universal --upgrade", "uv lock, nothing changed"
BOUNDS = ((LOCK, COMPILE, 1.3),)
"""What the project promises: the first command costs at most this many times the second one."""

DEPENDENCIES = ("fastapi", "jupyterlab", "matplotlib", "pandas", "scikit-learn")
"""What a notebook and a small service ask for: about a hundred packages."""
_MANIFEST = """\
[project]
name = "measured"
version = "1"
requires-python = "==3.11.*"
dependencies = [{dependencies}]

[tool.samestack]
python = "3.11"
platforms = ["linux-64"]

[tool.uv]
environments = ["sys_platform == 'linux' and platform_machine == 'x86_64'"]
"""


def report(directory: Path) -> str:
    """Build, measure, and say it in Markdown."""
    tool = build(directory / "tool", "--refresh-package", "samestack", f"{REPOSITORY}[envs]")
    project = _project(directory / "project")
    costs = side_by_side(_commands(project, tool, directory), rounds=ROUNDS)
    packages = len(tomllib.loads((project / "pylock.toml").read_text())["packages"])
    return "\n".join((_heading(packages), *_rows(costs), "", *_bounds(costs), ""))


def _project(place: Path) -> Path:
    place.mkdir()
    dependencies = ", ".join(f'"{name}"' for name in DEPENDENCIES)
    (place / "pyproject.toml").write_text(_MANIFEST.format(dependencies=dependencies))
    return place


def _commands(project: Path, tool: Path, directory: Path) -> dict[str, Sequence[str]]:
    own = [str(tool / "bin/samestack"), "lock", str(project)]
    options = ["--universal", "--format", "pylock.toml", "--python-version", "3.11", "--no-header"]
    compile_words = ["pip", "compile", *options, "--no-python-downloads", "--quiet", "--upgrade"]
    lock_file = directory / "pylock.toml"
    compiled = [*compile_words, "--output-file", str(lock_file), "pyproject.toml"]
    return {
        COMPILE: _script(directory / "compile.sh", project, compiled),
        LOCK: [*own, "--upgrade-all"],
        UV_LOCK: _script(directory / "lock.sh", project, ["lock", "--quiet", "--no-python-downloads"]),
        NOTHING_NEW: own,
        "python -c pass": [str(tool / "bin/python"), "-c", "pass"],
    }


def _script(place: Path, project: Path, words: Sequence[str]) -> Sequence[str]:
    """A call of uv with the index of pip's configuration, which no list of processes shows."""
    lines = [f"export {key}={shlex.quote(said)}" for key, said in _index().items()]
    lines += [f"cd {shlex.quote(str(project))}", f"exec {shlex.join([UV, *words])}"]
    place.touch(mode=0o600)
    place.write_text("\n".join(lines) + "\n")
    return ["sh", str(place)]


def _index() -> dict[str, str]:
    return dict(index_settings(Path(UV)).environment)


def _heading(packages: int) -> str:
    return (
        "# What a lock costs\n\n"
        f"CPU time of the whole process and all that it starts, median of {ROUNDS} rounds, all commands in "
        f"turn within each round, caches warm; a project of {packages} packages. Made by "
        "`python -m benchmarks lock`. Milliseconds belong to the machine; compare the ratios.\n\n"
        "| command | CPU ms |\n|---|---:|"
    )


def _rows(costs: dict[str, Cost]) -> list[str]:
    ordered = sorted(costs.items(), key=lambda row: row[1].median)
    return [f"| `{name}` | {cost.median * 1000:.0f} |" for name, cost in ordered]


def _bounds(costs: dict[str, Cost]) -> list[str]:
    lines = ["| promise | bound | measured | kept |", "|---|---:|---:|---|"]
    for command, peer, bound in BOUNDS:
        ratio = costs[command].median / costs[peer].median
        kept = "yes" if ratio <= bound else "**no**"
        lines.append(f"| `{command}` / `{peer}` | {bound:.3f} | {ratio:.3f} | {kept} |")
    return lines
