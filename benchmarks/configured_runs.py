"""What ``samestack run --profile`` adds to a command, with sources on this machine, all checked."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.environments import build, tool_environment
from benchmarks.measure import Cost, side_by_side

ROUNDS = 15
BOUND = 0.060
"""Seconds of CPU time that it may add to a command."""
ALONE, RUN, CHECKED, SETTINGS = (
    "the command alone",
    "samestack run",
    "samestack run --profile",
    "the same read by pydantic-settings",
)
_MANIFEST = """
[tool.samestack.config.fields]
API_KEY = { type = "string", secret = true, required = true }
LOG_LEVEL = { type = "string", enum = ["DEBUG", "INFO"], required = true }
MAX_WORKERS = { type = "integer", minimum = 1, maximum = 64, default = 2 }
REQUEST_TIMEOUT = { type = "number", unit = "seconds", minimum = 0.1, default = 5.0 }
DATABASE__URL = { type = "string", pattern = "^postgresql://", required = true }
DATABASE__POOL = { type = "integer", minimum = 1, default = 5 }
"""
_CLASS = """
import sys
from pydantic import SecretStr
from pydantic_settings import BaseSettings, TomlConfigSettingsSource

class Settings(BaseSettings):
    model_config = {"toml_file": ["config/base.toml", "config/development.toml"], "extra": "ignore"}
    api_key: SecretStr
    log_level: str
    max_workers: int = 2

    @classmethod
    def settings_customise_sources(cls, settings_cls, env_settings, **_):
        return env_settings, TomlConfigSettingsSource(settings_cls)

assert Settings().max_workers == 4
"""


def report(directory: Path) -> str:
    """The table, in Markdown."""
    tool = tool_environment(directory / "tool", "config")
    peers = build(directory / "peers", "pydantic-settings")
    costs = side_by_side(_commands(_project(directory / "project"), tool, peers), rounds=ROUNDS)
    return _text(costs)


def _project(directory: Path) -> Path:
    files = {
        "pyproject.toml": _MANIFEST,
        "config/base.toml": 'log_level = "INFO"\n[database]\nurl = "postgresql://db/app"\n',
        "config/development.toml": 'log_level = "DEBUG"\nmax_workers = 4\n',
        ".env": "REQUEST_TIMEOUT=2.5\n",
        "settings.py": _CLASS,
    }
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory


def _commands(project: Path, tool: Path, peers: Path) -> Mapping[str, Sequence[str]]:
    own = ["env", "-C", str(project), "API_KEY=planted-for-the-benchmark"]
    command = ["/bin/true"]
    run = [str(tool / "bin/samestack"), "run", "--no-sync", "--environment", str(peers)]
    return {
        ALONE: [*own, *command],
        RUN: [*own, *run, "--", *command],
        CHECKED: [*own, *run, "--profile", "development", "--", *command],
        "python -c pass": [*own, str(tool / "bin/python"), "-c", "pass"],
        SETTINGS: [*own, str(peers / "bin/python"), "settings.py"],
    }


def _text(costs: Mapping[str, Cost]) -> str:
    added = costs[CHECKED].median - costs[ALONE].median
    rows = "\n".join(f"| {name} | {cost.median * 1000:.0f} |" for name, cost in costs.items())
    verdict = f"{'kept' if added <= BOUND else 'NOT kept'} (at most {BOUND * 1000:.0f} ms are promised)"
    return f"""\
# What `samestack run --profile` adds to a command

CPU time, user and system, of whole processes; medians of {ROUNDS} rounds, side by side. The project has a
schema of six variables, a base, a profile, a `.env` file and an environment variable; all are read and
checked.

| | ms |
|---|--:|
{rows}

Added by `samestack run --profile`: **{added * 1000:.0f} ms**: {verdict}.
"""
