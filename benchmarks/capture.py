"""What capturing costs beside the tools that list, check and describe Python environments today."""

import ensurepip
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.environments import (
    UV,
    measured_environment,
    peers_environment,
    shipped_pip,
    tool_environment,
)
from benchmarks.measure import Cost, side_by_side

ROUNDS = 9
CAPTURE, DEEP, VERSION, NOTHING = (
    "samestack capture",
    "samestack capture --deep",
    "samestack --version",
    "python -c pass",
)
SHIPPED = f"(pip {ensurepip.version()}, as Python {platform.python_version()} ships it)"
BOUNDS = (
    (CAPTURE, "pip list", 1 / 6),
    (CAPTURE, "pip inspect", 1 / 15),
    (DEEP, "pip check", 1 / 3),
    (CAPTURE, f"pip list {SHIPPED}", 1 / 6),
    (CAPTURE, f"pip inspect {SHIPPED}", 1 / 15),
    (DEEP, f"pip check {SHIPPED}", 1 / 3),
    (VERSION, NOTHING, 3),
)
"""What the project promises: the first command costs at most this many times the second one."""

_LIST_BY_METADATA = (
    "import importlib.metadata as m; [(d.metadata['Name'], d.version) for d in m.distributions()]"
)


def commands(environment: Path, tool: Path, peers: Path, pip: Path) -> dict[str, Sequence[str]]:
    """Every command that is measured, by the name that it has in the table."""
    python, own = str(environment / "bin/python"), str(tool / "bin/samestack")
    shipped = ["env", f"PYTHONPATH={pip}", python, "-m", "pip"]
    capture = [own, "capture", f"venv:{environment}", "--format", "json"]
    return {
        NOTHING: [str(tool / "bin/python"), "-c", "pass"],
        VERSION: [own, "--version"],
        CAPTURE: capture,
        DEEP: [*capture, "--deep"],
        "pip list": [python, "-m", "pip", "list"],
        "pip check": [python, "-m", "pip", "check"],
        "pip inspect": [python, "-m", "pip", "inspect"],
        f"pip list {SHIPPED}": [*shipped, "list"],
        f"pip check {SHIPPED}": [*shipped, "check"],
        f"pip inspect {SHIPPED}": [*shipped, "inspect"],
        f"{CAPTURE}, nothing remembered": ["env", "SAMESTACK_CACHE=", *capture],
        "uv pip list": [UV, "pip", "list", "--python", python],
        "uv pip check": [UV, "pip", "check", "--python", python],
        "importlib.metadata": [python, "-c", _LIST_BY_METADATA],
        "pipdeptree": [str(peers / "bin/pipdeptree"), "--python", python],
        "cyclonedx-py environment": [str(peers / "bin/cyclonedx-py"), "environment", "--no-validate", python],
    }


def report(directory: Path) -> str:
    """Build, measure, and say it in Markdown."""
    environment = measured_environment(directory / "measured")
    tool = tool_environment(directory / "tool")
    peers = peers_environment(directory / "peers")
    pip = shipped_pip(directory / "pip")
    distributions = len(list((environment / "lib").glob("python*/site-packages/*.dist-info")))
    costs = side_by_side(commands(environment, tool, peers, pip), rounds=ROUNDS)
    return "\n".join((_heading(distributions), *_rows(costs), "", *_bounds(costs), ""))


def _heading(distributions: int) -> str:
    return (
        "# What a capture costs\n\n"
        f"CPU time of the whole process, median of {ROUNDS} rounds, all commands in turn within each round, "
        f"caches warm; an environment of {distributions} distributions (`benchmarks/environment.txt`). "
        "Made by `make bench`. "
        "Milliseconds belong to the machine; compare the ratios.\n\n"
        f"| command | CPU ms | beside `{CAPTURE}` |\n|---|---:|---:|"
    )


def _rows(costs: dict[str, Cost]) -> list[str]:
    own = costs[CAPTURE].median
    ordered = sorted(costs.items(), key=lambda row: row[1].median)
    return [f"| `{name}` | {cost.median * 1000:.0f} | {cost.median / own:.2f} |" for name, cost in ordered]


def _bounds(costs: dict[str, Cost]) -> list[str]:
    lines = ["| promise | bound | measured | kept |", "|---|---:|---:|---|"]
    for command, peer, bound in BOUNDS:
        ratio = costs[command].median / costs[peer].median
        kept = "yes" if ratio <= bound else "**no**"
        lines.append(f"| `{command}` / `{peer}` | {bound:.3f} | {ratio:.3f} | {kept} |")
    return lines
