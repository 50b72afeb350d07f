"""What a sync costs beside plain uv: a new environment, one that is as it should be, and a switch."""

import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.environments import REPOSITORY, UV, build
from benchmarks.locks import DEPENDENCIES
from benchmarks.measure import Cost, side_by_side
from samestack.solve.uv.index_settings import index_settings

ROUNDS = 9
FRESH, PLAIN = "samestack sync, a new environment", "uv venv, uv pip sync"
FRESH_OWN = "samestack sync, a new notebook environment"
SWITCH = "samestack sync, 3 packages of it switched"
FRESH_AGENT = "samestack sync, a new environment of the helpdesk agent"
SWITCH_AGENT = "samestack sync, 3 packages of the helpdesk agent switched"
UNCHANGED, UV_SYNC = "samestack sync, nothing changed", "uv sync, nothing changed"
BOUNDS = (
    (FRESH, PLAIN, 1.3),
    (SWITCH, FRESH_OWN, 0.1),
    (UNCHANGED, UV_SYNC, 1.5),
)
"""What the project promises: the first command costs at most this many times the second one."""
COMPARED = ((SWITCH, PLAIN), (SWITCH_AGENT, FRESH_AGENT))
"""What is shown, too: uv's new environment, of another project, costs more; the agent's is a small one."""

_OLDER = ("attrs<25", "idna<3.10", "jinja2<3.1.6")
"""The three packages that the other side of the switch has in an older release."""
_AGENT = REPOSITORY / "examples/visionaryai/helpdesk-agent"
_OLDER_OF_AGENT = ("certifi<2025", "idna<3.8", "urllib3<2.2")
_CONSTRAINT = """
[[tool.samestack.constraints]]
requirement = "{requirement}"
reason = "the other side of a switch"
"""
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
_NEW_PLACE = 'place=$(mktemp -d -u "$PWD/environment-XXXXXXXX")'


class Projects(Struct, frozen=True, kw_only=True):
    """The directories that the commands run in, each with its lock."""

    plain: Path
    """With a lock by uv, which plain uv installs as well."""
    one: Path
    other: Path
    switched: Path
    """With the environment that the two share, so that it becomes the one's and the other's in turn."""
    of_uv: Path
    """With a lock and an environment of ``uv sync``."""
    agent: Path
    other_agent: Path
    switched_agent: Path
    """The same of VisionaryAI's helpdesk agent, which has TensorFlow."""


def report(directory: Path) -> str:
    """Build, measure, and say it in Markdown."""
    tool = build(directory / "tool", "--refresh-package", "samestack", f"{REPOSITORY}[envs]")
    samestack = str(tool / "bin/samestack")
    projects = _projects(directory, samestack)
    costs = side_by_side(_commands(projects, samestack, directory), rounds=ROUNDS)
    counted = [_packages_of(project) for project in (projects.plain, projects.one, projects.agent)]
    return "\n".join((_heading(*counted), *_rows(costs), "", *_bounds(costs), ""))


def _packages_of(project: Path) -> int:
    return len(tomllib.loads((project / "pylock.toml").read_text())["packages"])


def _projects(directory: Path, samestack: str) -> Projects:
    names = ("plain", "one", "other", "switched", "of_uv")
    agents = ("agent", "other_agent", "switched_agent")
    projects = Projects(
        **{name: _project(directory / name) for name in names},
        **{name: _agent(directory / name) for name in agents},
    )
    _prepare_agents(projects, samestack)
    notebook = _notebook()
    for project, older in ((projects.one, ()), (projects.other, _OLDER)):
        (project / ".venv").symlink_to(projects.switched / ".venv")
        _write_manifest(project, (*notebook, *older))
    compiled = [UV, "pip", "compile", "--format", "pylock.toml", "--python-version", "3.11", "--no-header"]
    compiled += ["--no-python-downloads", "pyproject.toml", "--output-file", "pylock.toml"]
    _run(compiled, projects.plain)
    (projects.switched / "turn").write_text("1\n")
    for project in (projects.one, projects.other):
        _run([samestack, "lock"], project)
    for project in (projects.plain, projects.one):
        _run([samestack, "sync"], project)
    # The first sync after a lock was written does not trust the clock; from the second one on it does.
    _run([samestack, "sync"], projects.plain)
    _run([UV, "sync", "--quiet", "--no-python-downloads"], projects.of_uv)
    return projects


def _agent(place: Path) -> Path:
    shutil.copytree(_AGENT, place, ignore=shutil.ignore_patterns(".venv", "__pycache__", ".*_cache"))
    return place


def _prepare_agents(projects: Projects, samestack: str) -> None:
    for project in (projects.agent, projects.other_agent):
        (project / ".venv").symlink_to(projects.switched_agent / ".venv")
    with (projects.other_agent / "pyproject.toml").open("a") as manifest:
        manifest.writelines(_CONSTRAINT.format(requirement=one) for one in _OLDER_OF_AGENT)
    (projects.switched_agent / "turn").write_text("1\n")
    _run([samestack, "lock"], projects.other_agent)
    _run([samestack, "sync"], projects.agent)


def _notebook() -> list[str]:
    """What the measured environment of the other benchmarks asks for."""
    lines = (REPOSITORY / "benchmarks/environment.in").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _project(place: Path) -> Path:
    place.mkdir()
    _write_manifest(place, DEPENDENCIES)
    return place


def _write_manifest(project: Path, dependencies: Sequence[str]) -> None:
    listed = ", ".join(f'"{name}"' for name in dependencies)
    (project / "pyproject.toml").write_text(_MANIFEST.format(dependencies=listed))


def _commands(projects: Projects, samestack: str, directory: Path) -> dict[str, Sequence[str]]:
    own, uv = shlex.quote(samestack), shlex.quote(UV)
    python = shlex.quote(str(directory / "tool/bin/python"))
    fresh = (_NEW_PLACE, f'exec {own} sync --python 3.11 --environment "$place"')
    fresh_agent = (_NEW_PLACE, f'exec {own} sync --python 3.10 --environment "$place"')
    plain = (
        _NEW_PLACE,
        f'{uv} venv --quiet --no-project --python {python} "$place"',
        f'exec {uv} pip sync --quiet --python "$place/bin/python" pylock.toml',
    )
    switched = _switch(projects.one, projects.other, own)
    switched_agent = _switch(projects.agent, projects.other_agent, own)
    unchanged = f"exec {uv} sync --quiet --no-python-downloads"
    return {
        PLAIN: _script(directory / "plain.sh", projects.plain, plain),
        FRESH: _script(directory / "fresh.sh", projects.plain, fresh),
        FRESH_OWN: _script(directory / "fresh_own.sh", projects.one, fresh),
        SWITCH: _script(directory / "switch.sh", projects.switched, switched),
        FRESH_AGENT: _script(directory / "fresh_agent.sh", projects.agent, fresh_agent),
        SWITCH_AGENT: _script(directory / "switch_agent.sh", projects.switched_agent, switched_agent),
        UV_SYNC: _script(directory / "uv_sync.sh", projects.of_uv, (unchanged,)),
        UNCHANGED: _script(directory / "unchanged.sh", projects.plain, (f"exec {own} sync",)),
        "python -c pass": [str(directory / "tool/bin/python"), "-c", "pass"],
    }


def _switch(one: Path, other: Path, samestack: str) -> Sequence[str]:
    """Lines that sync the one and the other in turn, which share an environment.

    Whose it is now is told by words of the shell alone: no program but the sync is counted.
    """
    return (
        "read -r turn < turn",
        "echo $((1 - turn)) > turn",
        f"if [ $turn = 1 ]; then cd {shlex.quote(str(other))}; else cd {shlex.quote(str(one))}; fi",
        f"exec {samestack} sync",
    )


def _script(place: Path, project: Path, lines: Sequence[str]) -> Sequence[str]:
    """With the index of pip's configuration for uv, which does not read that; no list of processes has it."""
    exports = [f"export {key}={shlex.quote(said)}" for key, said in _index().items()]
    place.touch(mode=0o600)
    place.write_text("\n".join((*exports, f"cd {shlex.quote(str(project))}", *lines, "")))
    return ["sh", str(place)]


def _run(words: Sequence[str], directory: Path) -> None:
    script = _script(directory / "run.sh", directory, (shlex.join(words),))
    subprocess.run(script, check=True, stdout=subprocess.DEVNULL)


def _index() -> dict[str, str]:
    return dict(index_settings(Path(UV)).environment)


def _heading(packages: int, of_notebook: int, of_agent: int) -> str:
    return (
        "# What a sync costs\n\n"
        f"CPU time of the whole process and all that it starts, median of {ROUNDS} rounds, all commands in "
        f"turn within each round, caches warm; a project of {packages} packages, a notebook environment of "
        f"{of_notebook}, and VisionaryAI's helpdesk agent, {of_agent} with TensorFlow. Each is a script of "
        "the shell, which is counted, too. Made by "
        "`python -m benchmarks sync`. Milliseconds belong to the machine; compare the ratios.\n\n"
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
    for command, peer in COMPARED:
        ratio = costs[command].median / costs[peer].median
        lines.append(f"| `{command}` / `{peer}` | none | {ratio:.3f} | |")
    return lines
