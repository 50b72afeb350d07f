"""Environments on disk, broken as people break them; pip itself says what its check finds."""

import base64
import hashlib
import importlib
import json
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.check.catalogue import MODULES
from samestack.check.finding import Finding, Severity
from samestack.check.project_modules import project_modules
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Kind, Reference
from tests.capture.planted import dist_info, metadata, write
from tests.capture.real_environments import UV, environment, interpreter_of_series, new_directory, run

GRAVE = (Severity.ERROR, Severity.WARNING)
RULES: tuple[Rule, ...] = tuple(
    importlib.import_module(f"samestack.check.rules.{name}").RULE
    for name in MODULES
    if name.startswith("python.")
)


def found(prefix: Path, *, project: Path | None = None, files: bool = False) -> list[Finding]:
    """Every finding of the rules about Python and its packages."""
    snapshot = capture(Reference(Kind.VENV, str(prefix)), Options(deep=True, files=files))
    subject = Subject(snapshot, project=project_modules(str(project)) if project else ())
    return [finding for rule in RULES for finding in rule.examine(subject)]


def of(rule: str, findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


@cache
def bare(*, pip: bool = False) -> Path:
    """A virtual environment with nothing, or pip alone, in it."""
    prefix = new_directory() / "environment"
    if pip:
        run(interpreter_of_series("3.11"), "-m", "venv", prefix)
    else:
        run(UV, "venv", "--quiet", "--python", interpreter_of_series("3.11"), prefix)
    return prefix


def site_of(prefix: Path) -> Path:
    (site,) = prefix.glob("lib/python3*/site-packages")
    return site


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """An environment of one's own, to be broken."""
    copied = tmp_path / "environment"
    shutil.copytree(bare(), copied, symlinks=True)
    return copied


def planted(site: Path, name: str, version: str, *requirements: str, extras: Iterable[str] = ()) -> None:
    head, _, rest = metadata(name, version).partition("\n\n")
    lines = [
        head,
        *(f"Provides-Extra: {one}" for one in extras),
        *(f"Requires-Dist: {one}" for one in requirements),
    ]
    directory = dist_info(site, name, version, METADATA="\n".join(lines) + "\n\n" + rest)
    write(site / f"{name}.py")
    write(directory / "RECORD", f"{name}.py,,\n")


def wheel(directory: Path, name: str, **files: str) -> Path:
    """A wheel of pure Python with these modules in a package ``shared``."""
    path = directory / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    described = {
        **{f"shared/{module}.py": text for module, text in files.items()},
        f"{info}/METADATA": metadata(name, "1.0"),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in described.items():
            archive.writestr(file, text)
        rows = [f"{file},sha256={hashed(text)},{len(text)}" for file, text in described.items()]
        archive.writestr(f"{info}/RECORD", "\n".join((*rows, f"{info}/RECORD,,", "")))
    return path


def hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def install(prefix: Path, *what: str | Path) -> None:
    run(UV, "pip", "install", "--quiet", "--python", prefix / "bin/python", *what)


def test_an_environment_as_it_is_made_is_healthy() -> None:
    for prefix in (bare(), bare(pip=True)):
        assert not [finding for finding in found(prefix) if finding.severity in GRAVE]


# The two sentences of pip's check.
_MISSING = re.compile(r"(\S+) \S+ requires (\S+), which is not installed\.")
_CONFLICT = re.compile(r"(\S+) \S+ has requirement .*, but you have (\S+) \S+\.")


def said_by_pip(prefix: Path) -> set[tuple[str, str]]:
    """Who misses what, or has what in another version, by pip's own check."""
    done = subprocess.run(
        [prefix / "bin/python", "-m", "pip", "--disable-pip-version-check", "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith("No broken requirements")]
    matches = [_MISSING.fullmatch(line) or _CONFLICT.fullmatch(line) for line in lines]
    assert None not in matches, done.stdout + done.stderr
    return {(match[1].lower(), match[2].lower()) for match in matches if match}


def said_by_us(prefix: Path) -> set[tuple[str, str]]:
    words = re.compile(r"\S+ \S+ requires ([A-Za-z0-9-]+)")
    unmet = of("unmet-requirement", found(prefix))
    names = [words.match(finding.message) for finding in unmet if finding.severity in GRAVE]
    assert None not in names
    return {(one.subject, name[1]) for one, name in zip(unmet, names, strict=True) if name}


MARKERS = (
    "",
    "; python_version < '3.10'",
    "; sys_platform == 'linux'",
    "; extra == 'unasked'",
    "; python_version >= '3.8' and extra == 'unasked'",
    "; os_name == 'nt' or python_version > '3.6'",
)


def requirement(choice: random.Random) -> str:
    """A requirement as metadata has them: with versions, brackets, markers, extras."""
    name = f"{choice.choice(('p', 'P'))}{choice.randrange(50)}"
    version = choice.choice(("1.0", "2.1", "3.0rc1", "3.0", "2.*"))
    operator = (
        choice.choice(("==", "!=")) if "*" in version else choice.choice(("<", "<=", ">", ">=", "==", "~="))
    )
    form = choice.choice(("{n}", "{n}{o}{v}", "{n} ({o}{v})", "{n} {o} {v}", "{n}>=0.1,{o}{v}"))
    marker = choice.choice(MARKERS)
    return form.format(n=name, o=operator, v=version) + marker


@pytest.mark.parametrize("seed", range(2))
def test_it_finds_exactly_what_pip_check_finds_in_a_tangle_of_packages(tmp_path: Path, seed: int) -> None:
    prefix = tmp_path / "environment"
    shutil.copytree(bare(pip=True), prefix, symlinks=True)
    choice = random.Random(seed)  # noqa: S311
    for number in range(40):
        version = choice.choice(("1.0", "2.1", "2.1.post1", "3.0rc1", "3.0+local.1"))
        requirements = [requirement(choice) for _ in range(choice.randrange(6))]
        planted(site_of(prefix), f"p{number}", version, *requirements, extras=("unasked",))
    said = said_by_us(prefix)
    assert len(said) > 20
    assert said == said_by_pip(prefix)


def test_two_metadata_directories_and_leftovers_are_found(prefix: Path) -> None:
    site = site_of(prefix)
    planted(site, "asker", "1.0", "numpy<2")
    planted(site, "numpy", "2.2.6")
    assert [one.subject for one in of("unmet-requirement", found(prefix))] == ["asker"]
    planted(site, "numpy", "1.26.4")
    write(site / "~umpy/core.py")
    (site / "half-1.0.dist-info").mkdir()
    findings = found(prefix)
    (doubled,) = of("duplicate-metadata", findings)
    assert (doubled.subject, doubled.severity) == ("numpy", Severity.WARNING)
    assert not of("unmet-requirement", findings)
    assert [one.subject for one in of("leftover", findings)] == ["~umpy"]
    assert {(one.subject, one.severity) for one in of("broken-metadata", findings)} >= {
        ("half", Severity.WARNING)
    }


def test_two_wheels_with_the_same_files_and_a_change_by_hand_are_found(prefix: Path, tmp_path: Path) -> None:
    full = wheel(tmp_path, "full", core="x = 1\n", more="y = 1\n")
    small = wheel(tmp_path, "small", core="x = 2\n")
    install(prefix, "--no-index", full)
    assert not [finding for finding in found(prefix, files=True) if finding.severity in GRAVE]
    install(prefix, "--no-index", small)
    (overlapping,) = of("overlapping-files", found(prefix))
    assert overlapping.command == "pip uninstall --yes full small"
    write(site_of(prefix) / "shared/more.py", "y = 3\n")
    altered = of("altered-files", found(prefix, files=True))
    assert "full" in {one.subject for one in altered}


def test_an_editable_package_whose_source_is_gone_is_found(prefix: Path, tmp_path: Path) -> None:
    source = tmp_path / "own"
    (source / "own").mkdir(parents=True)
    address = json.dumps({"url": f"file://{source}", "dir_info": {"editable": True}})
    dist_info(site_of(prefix), "own", "0.1", direct_url__json=address)
    assert not of("editable-source", found(prefix))
    shutil.rmtree(source)
    (gone,) = of("editable-source", found(prefix))
    assert (gone.subject, gone.severity) == ("own", Severity.ERROR)


def test_an_environment_without_its_interpreter_is_found(prefix: Path) -> None:
    for link in (prefix / "bin").glob("python*"):
        link.unlink()
    (gone,) = of("interpreter-gone", found(prefix))
    assert gone.severity is Severity.ERROR


def test_a_file_of_the_project_that_hides_a_package_is_found(prefix: Path, tmp_path: Path) -> None:
    install(prefix, "--no-index", wheel(tmp_path, "full", core=""))
    project = tmp_path / "project"
    for name in ("random.py", "shared/__init__.py", "train.py", "src/other/__init__.py"):
        write(project / name)
    hiding = of("shadowed-module", found(prefix, project=project))
    assert {one.subject for one in hiding} == {"random", "shared"}


@pytest.mark.registry
def test_real_packages_that_do_not_fit_are_those_that_pip_check_names() -> None:
    broken = environment("pip", "3.10", "requests==2.31.0", "urllib3==1.20", "idna==3.4")
    assert said_by_us(broken) == said_by_pip(broken)
    assert ("requests", "urllib3") in said_by_us(broken)
    (conflict,) = [one for one in found(broken) if "urllib3" in one.command]
    assert conflict.command == 'pip install "urllib3>=1.21.1,<3"'
    install(broken, "urllib3>=1.21.1,<3", "requests==2.31.0")
    assert said_by_us(broken) == said_by_pip(broken) == set()


@pytest.mark.registry
def test_what_an_extra_needs_is_missed_though_pip_check_does_not_look(prefix: Path) -> None:
    install(prefix, "httpx[http2]==0.27.0")
    # Nothing but another package can ask for an extra that is to be seen afterwards.
    planted(site_of(prefix), "client", "1.0", "httpx[http2]>=0.27")
    assert not [finding for finding in found(prefix) if finding.severity in GRAVE]
    run(UV, "pip", "uninstall", "--quiet", "--python", prefix / "bin/python", "h2")
    (missing,) = of("unmet-requirement", found(prefix))
    assert missing.subject == "httpx"
    assert "for its extra 'http2', and no h2 is installed" in missing.message


@pytest.mark.registry
def test_wheels_of_another_python_or_machine_are_found(prefix: Path) -> None:
    site = site_of(prefix)
    chosen = ("--quiet", "--no-deps", "--only-binary", ":all:", "--target", site)
    run(UV, "pip", "install", *chosen, "--python-version", "3.10", "markupsafe==2.1.5")
    run(UV, "pip", "install", *chosen, "--python-platform", "aarch64-manylinux_2_28", "pyyaml==6.0.1")
    reasons = {one.subject: one.message for one in of("wheel-tags", found(prefix))}
    assert "built for CPython 3.10, and this is CPython 3.11" in reasons["markupsafe"]
    assert "built for aarch64, and this is x86_64" in reasons["pyyaml"]
    assert {one.severity for one in of("wheel-tags", found(prefix))} == {Severity.ERROR}
