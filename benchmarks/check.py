"""What ``samestack check`` finds and costs beside the tools that check Python environments today."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree

import msgspec
from msgspec import Struct

from benchmarks.environments import UV, install, peers_environment, tool_environment, virtual_environment
from benchmarks.measure import Cost, side_by_side
from benchmarks.planted import HEALTHY, PLANTED, Planted
from benchmarks.verdicts import Verdict, tables

ROUNDS = 9
BOUND = 1 / 3
"""What the project promises: ``samestack check`` costs at most this many times ``pip check``."""

UNNOTICED = ("pandas==1.4.0", "torch==1.13.0", "transformers==4.20.0")
"""What every installer gives numpy 2, which breaks the first two."""

_OWN = "samestack check"
_HEADING = """# What a check finds

Real environments, built by uv. samestack has found a break when the rule that is about it speaks, and a
healthy environment is a false alarm with any error or warning; a peer has found a break when it complains of
anything. Made by `make bench`.
"""


class _Finding(Struct):
    rule: str
    severity: str
    subject: str


class _Report(Struct):
    findings: tuple[_Finding, ...] = ()


class _Document(Struct):
    reports: tuple[_Report, ...] = ()


class Tools(Struct, frozen=True, kw_only=True):
    """Where the programs are."""

    samestack: Path
    pipdeptree: Path

    def peers(self, environment: Path) -> dict[str, Sequence[str]]:
        """Each peer's command for an environment."""
        python = str(environment / "bin/python")
        return {
            "pip check": [python, "-m", "pip", "check"],
            "uv pip check": [UV, "pip", "check", "--python", python],
            "pipdeptree": [str(self.pipdeptree), "--python", python, "--warn", "fail"],
        }

    def check(self, environment: Path, *options: str) -> Sequence[str]:
        """Our own command."""
        return [str(self.samestack), "check", f"venv:{environment}", "--format", "json", *options]


def report(directory: Path) -> str:
    """Build, ask, measure, and say it in Markdown; each environment is removed when it was asked about."""
    tools = Tools(
        samestack=tool_environment(directory / "tool") / "bin/samestack",
        pipdeptree=peers_environment(directory / "peers") / "bin/pipdeptree",
    )
    planted = [_of_planted(case, directory / "case", tools) for case in PLANTED]
    healthy = [_verdict(case.name, case.build(directory / "case"), tools) for case in HEALTHY]
    return "\n".join((_HEADING, tables([*planted, *healthy]), "", _cost(directory / "unnoticed", tools), ""))


def _of_planted(case: Planted, place: Path, tools: Tools) -> Verdict:
    return _verdict(case.name, case.build(place), tools, case.options, case.rule)


def _verdict(
    name: str, environment: Path, tools: Tools, options: Sequence[str] = (), expected: str = ""
) -> Verdict:
    found = findings(tools.check(environment, *options))
    peers = {peer: _complains(command) for peer, command in tools.peers(environment).items()}
    rmtree(environment)
    told = {one.rule for one in found if one.severity in {"error", "warning"} or one.rule == expected}
    return Verdict(name=name, expected=expected, rules=tuple(sorted(told)), peers=peers)


def findings(command: Sequence[str]) -> tuple[_Finding, ...]:
    """What a check found; RuntimeError when it did not come to an end."""
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    if finished.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)}: {finished.stderr}")
    reports = msgspec.json.decode(finished.stdout, type=_Document).reports
    return tuple(finding for one in reports for finding in one.findings)


def _complains(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, env=_environment()).returncode != 0
    except OSError:  # an interpreter that is gone cannot be asked, which is noticed
        return True


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}


def _cost(place: Path, tools: Tools) -> str:
    environment = virtual_environment(place, "3.10")
    install(environment, *UNNOTICED)
    commands = {_OWN: tools.check(environment), **tools.peers(environment)}
    found = {one.subject for one in findings(commands[_OWN]) if one.rule == "numpy-abi"}
    noticed = {name: _complains(command) for name, command in tools.peers(environment).items()}
    costs = side_by_side(commands, rounds=ROUNDS, accepted=frozenset({0, 1}))
    rmtree(place)
    said = {name: "something" if complains else "nothing" for name, complains in noticed.items()}
    return _cost_table(costs, {_OWN: ", ".join(sorted(found)) or "nothing", **said})


def _cost_table(costs: Mapping[str, Cost], found: Mapping[str, str]) -> str:
    ratio = costs[_OWN].median / costs["pip check"].median
    kept = "yes" if ratio <= BOUND else "**no**"
    rows = sorted(costs.items(), key=lambda row: row[1].median)
    return "\n".join(
        [
            "## What it costs\n",
            f"`{' '.join(UNNOTICED)}` on Python 3.10, for which every installer chooses numpy 2.",
            f"CPU time of the whole process, median of {ROUNDS} rounds, caches warm.\n",
            "| command | CPU ms | found |\n|---|---:|---|",
            *(f"| `{name}` | {cost.median * 1000:.0f} | {found[name]} |" for name, cost in rows),
            "",
            "| promise | bound | measured | kept |\n|---|---:|---:|---|",
            f"| `{_OWN}` / `pip check` | {BOUND:.3f} | {ratio:.3f} | {kept} |",
        ]
    )
