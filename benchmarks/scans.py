"""What ``samestack config scan`` finds and costs beside detect-secrets, and where each cries wolf."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from benchmarks.measure import side_by_side
from benchmarks.planted_secrets import KINDS, Planted, corpus
from tests.oci.small_images import file as layer_file
from tests.oci.small_images import small_image, tar, write_layout

LOOKED_AT: Final = (
    "celery", "click", "fastapi", "flask", "httpx", "jinja2", "requests", "rich", "starlette", "werkzeug",
)  # fmt: skip
"""Packages whose sources were looked at while the rules were made."""
UNSEEN: Final = (
    "gunicorn", "httpcore", "itsdangerous", "marshmallow", "paramiko", "pyjwt", "redis", "tornado", "urllib3",
    "websockets",
)  # fmt: skip
"""Packages whose sources were not looked at before they were counted."""
ROUNDS: Final = 7
ADDED_SECONDS: Final = 0.1
"""What a scan of three staged files may cost beyond the bare program."""
_BIN: Final = Path(sys.executable).parent
_GIT: Final = shutil.which("git") or "git"
_OWN: Final = str(_BIN / "samestack")
_PEER: Final = str(_BIN / "detect-secrets")
_GITLEAKS: Final = shutil.which("gitleaks")
_REAL: Final = ("private-key", "jwt", "Private Key", "JSON Web Token", "a private key", "a JSON Web Token")
_HEADING: Final = """# What a scan for secrets finds

Secrets that nobody uses are drawn at every run from the formats of their kinds and written into files, a
notebook and the lower layer of an image that the layer above removes. A secret is found when the tool names
its file and its line. detect-secrets is given the lower layer unpacked, which it could not open itself; it
runs as it comes, without asking the services whether keys are valid. gitleaks is asked, too, where it is on
the PATH. Made by `make bench`.
"""


class Told(Struct, frozen=True):
    """What one tool said of a directory."""

    places: frozenset[tuple[str, str]]
    """Files with places: ``line 3``, or ``cell 2, line 1``."""
    kinds: tuple[tuple[str, str], ...]
    """Of every finding, its file and what it was taken for."""
    seconds: float


def report(directory: Path) -> str:
    """Plant, scan, count and say it in Markdown."""
    return "\n".join((_HEADING, _planted(directory), _alarms(), _staged(directory), ""))


def _planted(directory: Path) -> str:
    files = directory / "files"
    files.mkdir()
    planted = corpus(files)
    own = _own_places(files, directory)
    peers = {"detect-secrets": _by_peer(files).places}
    if _GITLEAKS:
        peers["gitleaks"] = _by_gitleaks(files).places
    return "\n".join(
        (
            _table("kind", [one.kind for one in planted], planted, own, peers),
            "",
            _table("place", [one.form for one in planted], planted, own, peers),
            "",
            _sentence(planted, own, peers),
            "",
        )
    )


def _own_places(files: Path, directory: Path) -> frozenset[tuple[str, str]]:
    """What samestack says of the files, and of the image with the layer that is removed above."""
    layer = files / "layers/1"
    members = [layer_file(str(path.relative_to(layer)), path.read_bytes()) for path in _files(layer)]
    gone = [layer_file(str((path.parent / f".wh.{path.name}").relative_to(layer))) for path in _files(layer)]
    layout = write_layout(directory / "image", small_image(tar(*members), tar(*gone)))
    told = {one for one in _by_own(files).places if not one[0].startswith("layers/")}
    for path, place in _by_own(layout, f"oci:{layout}").places:
        told.add((f"layers/1/{path}", place.partition(", ")[2]))
    return frozenset(told)


def _files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _table(
    head: str,
    groups: Sequence[str],
    planted: Sequence[Planted],
    own: frozenset[tuple[str, str]],
    peers: Mapping[str, frozenset[tuple[str, str]]],
) -> str:
    rows = [
        f"| {head} | planted | samestack | {' | '.join(peers)} |",
        "|---|--:|--:" + "|--:" * len(peers) + "|",
    ]
    for group in dict.fromkeys(groups):
        members = [one for one, its in zip(planted, groups, strict=True) if its == group]
        found = sum((one.path, one.place) in own for one in members)
        rest = (_found(members, peer) for peer in peers.values())
        rows.append(" | ".join((f"| {group}", *map(str, (len(members), found, *rest)))) + " |")
    return "\n".join(rows)


def _found(planted: Sequence[Planted], peer: frozenset[tuple[str, str]]) -> int:
    return sum((one.path, f"line {one.line}") in peer for one in planted)


def _sentence(
    planted: Sequence[Planted],
    own: frozenset[tuple[str, str]],
    peers: Mapping[str, frozenset[tuple[str, str]]],
) -> str:
    found = sum((one.path, one.place) in own for one in planted)
    rest = ", ".join(f"{name} **{_found(planted, peer)}**" for name, peer in peers.items())
    false = len(own - {(one.path, one.place) for one in planted})
    return (
        f"Of {len(planted)} secrets of {len(KINDS)} kinds samestack finds **{found}**, {rest}; samestack "
        f"says {false} times that there is one where none is."
    )


def _alarms() -> str:
    rows = [
        "## False alarms on public packages",
        "",
        "Their source distributions, with tests and documentation. What is a whole private key or a signed",
        "token is one, though a test's, and counted apart; all else is a false alarm, for all tools alike.",
    ]
    for title, names in (
        ("Looked at while the rules were made", LOOKED_AT),
        ("Ten others, on which the rules were not made (their results had been seen once)", UNSEEN),
    ):
        rows += ["", f"### {title}", "", *_alarm_rows(names)]
    return "\n".join((*rows, ""))


def _alarm_rows(names: Iterable[str]) -> list[str]:
    """A row for each package: what each tool says, and how much of that is no false alarm."""
    tools = {"samestack": _by_own, "detect-secrets": _by_peer}
    if _GITLEAKS:
        tools["gitleaks"] = _by_gitleaks
    heads = (f"{tool} | of these keys, tokens" for tool in tools)
    rows = [f"| package | {' | '.join(heads)} |", "|---" + "|--:|--:" * len(tools) + "|"]
    alarms: Counter[str] = Counter()
    seconds: dict[str, float] = dict.fromkeys(tools, 0.0)
    for name in names:
        source = _source(name)
        counts: list[int] = []
        for tool, ask in tools.items():
            told = ask(source)
            counts += [len(told.kinds), _real(told)]
            alarms[tool] += len(told.kinds) - _real(told)
            seconds[tool] += told.seconds
        rows.append(f"| {source.name} | " + " | ".join(map(str, counts)) + " |")
    said = ", ".join(f"{tool} **{alarms[tool]}** in {seconds[tool]:.1f} s of CPU time" for tool in tools)
    return [*rows, "", f"False alarms: {said}."]


def _real(told: Told) -> int:
    return sum(any(word in kind for word in _REAL) for _, kind in told.kinds)


def _source(name: str) -> Path:
    """An unpacked source distribution from the index that pip is set to, kept in the user's cache."""
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "samestack-benchmarks" / "sources"
    )
    place = cache / name
    if not place.is_dir():
        archives = cache / f".{name}"
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            name,
            name,
        ]
        subprocess.run([*command, "--dest", str(archives)], check=True, stderr=subprocess.DEVNULL)
        with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
            archive.extractall(place, filter="data")
    return next(place.iterdir())


def _staged(directory: Path) -> str:
    """What the hook costs: three files staged, beside the program that only says its version."""
    repository = directory / "staged"
    repository.mkdir()
    for command in (
        ("init", "--quiet"),
        ("config", "user.email", "a@b.example"),
        ("config", "user.name", "a"),
    ):
        subprocess.run([_GIT, *command], cwd=repository, check=True)
    for number, path in enumerate(sorted(Path(__file__).parent.glob("*.py"))[:3]):
        (repository / f"module_{number}.py").write_text(path.read_text())
    subprocess.run([_GIT, "add", "."], cwd=repository, check=True)
    bare, scan = "samestack --version", "samestack config scan --staged"
    costs = side_by_side(
        {bare: [_OWN, "--version"], scan: [_OWN, "config", "scan", "--staged", str(repository)]},
        rounds=ROUNDS,
    )
    rows = [f"| `{name}` | {cost.median * 1000:.0f} ms |" for name, cost in costs.items()]
    added = costs[scan].median - costs[bare].median
    return "\n".join(
        (
            "## Before a commit",
            "",
            f"CPU time with three files staged, the median of {ROUNDS} runs.",
            "",
            "| command | CPU time |\n|---|--:|",
            *rows,
            "",
            f"The scan adds {added * 1000:.0f} ms; at most {ADDED_SECONDS * 1000:.0f} ms are promised.",
        )
    )


def _by_gitleaks(directory: Path) -> Told:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "told.json"
        command = [_GITLEAKS or "gitleaks", "dir", "--no-banner", "--report-format", "json"]
        before = os.times()
        subprocess.run(
            [*command, "--report-path", str(file), "."], cwd=directory, capture_output=True, check=False
        )
        after = os.times()
        findings = json.loads(file.read_bytes())
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return Told(
        frozenset((one["File"], f"line {one['StartLine']}") for one in findings),
        tuple((one["File"], one["RuleID"]) for one in findings),
        seconds,
    )


def _by_own(directory: Path, place: str = "") -> Told:
    found, seconds = _json([_OWN, "config", "scan", place or str(directory), "--format", "json"])
    findings = found["reports"][0].get("findings", ())
    paths = [
        one["subject"] if place else str(Path(one["subject"]).relative_to(directory)) for one in findings
    ]
    places = [one["at"].rpartition(", column")[0] for one in findings]
    kinds = [one["message"] for one in findings]
    return Told(frozenset(zip(paths, places, strict=True)), tuple(zip(paths, kinds, strict=True)), seconds)


def _by_peer(directory: Path) -> Told:
    found, seconds = _json([_PEER, "scan", "--no-verify", "--all-files", "."], directory)
    findings = [(path, one) for path, listed in found["results"].items() for one in listed]
    return Told(
        frozenset((path, f"line {one['line_number']}") for path, one in findings),
        tuple((path, one["type"]) for path, one in findings),
        seconds,
    )


def _json(command: Sequence[str], directory: Path | None = None) -> tuple[Mapping[str, Any], float]:
    """What a program writes, and its CPU time with that of its children."""
    before = os.times()
    finished = subprocess.run(command, cwd=directory, capture_output=True, check=False)
    after = os.times()
    if finished.returncode not in {0, 1}:
        raise RuntimeError(f"{command[0]}: exit status {finished.returncode}: {finished.stderr.decode()}")
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return json.load(io.BytesIO(finished.stdout)), seconds
