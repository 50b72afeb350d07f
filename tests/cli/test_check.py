"""``samestack check``: environments planted and real, examined from the command line."""

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from tests.capture.real_environments import UV, environment, interpreter_of_series, new_directory, run

CaptureFixture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment that holds one package, and is the working directory."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.chdir(tmp_path)
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv")
    install(tmp_path, "healthy")
    return tmp_path


def install(project: Path, name: str, *requires: str, text: str = "") -> None:
    """A distribution with one module, as an installer leaves it."""
    (site,) = (project / ".venv").glob("lib/python*/site-packages")
    metadata = site / f"{name}-1.0.dist-info"
    metadata.mkdir()
    wishes = "".join(f"Requires-Dist: {one}\n" for one in requires)
    files = {
        f"{name}.py": text,
        f"{metadata.name}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{wishes}",
        f"{metadata.name}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{metadata.name}/INSTALLER": "pip\n",
    }
    for path, content in files.items():
        (site / path).write_text(content)
    rows = [f"{path},{hash_of(content)},{len(content)}" for path, content in files.items()]
    (metadata / "RECORD").write_text("\n".join([*rows, f"{metadata.name}/RECORD,,\n"]))


def hash_of(content: str) -> str:
    """As RECORD writes it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).decode().rstrip("=")
    return f"sha256={digest}"


def checked(capsys: CaptureFixture, *arguments: str) -> tuple[int, Any]:
    """The exit status and the JSON document."""
    capsys.readouterr()
    status = main(["check", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def graves(document: Any) -> list[tuple[str, str]]:
    findings = [one for report in document["reports"] for one in report.get("findings", ())]
    return [(one["rule"], one["subject"]) for one in findings if one["severity"] in {"error", "warning"}]


def test_a_healthy_environment_passes_in_one_line(project: Path, capsys: CaptureFixture) -> None:
    assert main(["check"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("venv:.venv on ")
    assert "rules asked of 1 package" in shown
    assert shown.count("\n") == 1


def test_what_is_broken_fails_and_is_told_with_its_remedy(project: Path, capsys: CaptureFixture) -> None:
    install(project, "needy", "nowhere>=2")
    assert main(["check", "."]) == 1
    shown = capsys.readouterr().out
    assert "error    needy  unmet-requirement" in shown
    assert "nowhere" in shown
    status, document = checked(capsys)
    assert (status, document["has_passed"], graves(document)) == (1, False, [("unmet-requirement", "needy")])


def test_a_rule_may_be_asked_alone(project: Path, capsys: CaptureFixture) -> None:
    install(project, "needy", "nowhere>=2")
    status, document = checked(capsys, "--rule", "glibc", "--rule", "numpy-abi")
    assert status == 0
    assert sorted(document["reports"][0]["rules"]) == ["glibc", "numpy-abi"]


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("note", 1), ("never", 0)])
def test_what_it_fails_on_can_be_chosen(
    fail_on: str, status: int, project: Path, capsys: CaptureFixture
) -> None:
    install(project, "needy", "nowhere>=2")
    assert main(["check", "--fail-on", fail_on]) == status


def test_the_settings_of_the_project_hold_and_the_command_line_goes_before_them(
    project: Path, capsys: CaptureFixture
) -> None:
    install(project, "needy", "nowhere>=2")
    manifest = project / "pyproject.toml"
    entry = '{rule = "unmet-requirement", subject = "needy", reason = "vendored", until = 2099-01-31}'
    manifest.write_text(f"[tool.samestack.check]\nsuppress = [\n  {entry},\n]\n")
    status, document = checked(capsys)
    assert (status, graves(document)) == (0, [])
    (suppressed,) = document["reports"][0]["suppressed"]
    assert (suppressed["reason"], suppressed["finding"]["subject"]) == ("vendored", "needy")
    manifest.write_text(
        f"[tool.samestack.check]\nfail-on = 'never'\nsuppress = [{entry.replace('2099', '2020')}]"
    )
    status, document = checked(capsys)
    assert (status, graves(document)) == (0, [("unmet-requirement", "needy"), ("suppression", "needy")])
    assert checked(capsys, "--fail-on", "error")[0] == 1


def test_the_project_can_be_named(project: Path, capsys: CaptureFixture) -> None:
    other = project / "settings"
    other.mkdir()
    (other / "pyproject.toml").write_text("[tool.samestack.check]\nfail-onn = 'note'\n")
    assert main(["check"]) == 0
    assert main(["check", "--project", "settings"]) == 2
    assert (
        "settings/pyproject.toml: tool.samestack.check: there is no key 'fail-onn'" in capsys.readouterr().err
    )


def test_several_references_are_one_document(project: Path, capsys: CaptureFixture) -> None:
    (project / "requirements.txt").write_text("numpy>=1.21\n")
    install(project, "needy", "nowhere>=2")
    status, document = checked(capsys, "requirements.txt", ".", "--host", "machine:")
    assert status == 1
    assert [one["origin"]["reference"] for one in document["reports"]] == ["requirements.txt", "venv:.venv"]
    assert {one["host"]["reference"] for one in document["reports"]} == {"machine:"}


def test_a_saved_snapshot_is_examined_as_what_was_saved(project: Path, capsys: CaptureFixture) -> None:
    install(project, "needy", "nowhere>=2")
    assert main(["capture", "--deep", "venv:.venv", "-o", "saved.json"]) == 0
    status, document = checked(capsys, "saved.json")
    assert (status, graves(document)) == (1, [("unmet-requirement", "needy")])


def test_sarif_points_at_the_line_that_names_the_package(project: Path, capsys: CaptureFixture) -> None:
    install(project, "needy", "nowhere>=2")
    (project / "pyproject.toml").write_text("[project]\ndependencies = [\n  'needy',\n]\n")
    assert main(["check", "-o", "found.sarif"]) == 1
    (run,) = json.loads((project / "found.sarif").read_text())["runs"]
    (result,) = [one for one in run["results"] if one["ruleId"] == "unmet-requirement"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "pyproject.toml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }


def test_the_suffix_tells_the_format(project: Path) -> None:
    for name, start in (
        ("a.json", '{\n "schema": "samestack/check/1"'),
        ("a.md", "### Check passed"),
        ("a.txt", "venv:"),
    ):
        assert main(["check", "-o", name]) == 0
        assert (project / name).read_text().startswith(start)


def test_the_rules_are_listed(capsys: CaptureFixture) -> None:
    assert main(["check", "--list-rules"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("numpy-abi", "import-failure", "suppression"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--rule", "numpy-abii"],
            "error: there is no rule 'numpy-abii'\n hint: did you mean 'numpy-abi'?\n",
        ),
        (
            ["--imports", "requirements.txt"],
            "error: 'requirements.txt': nothing of it can be imported here\n",
        ),
        (["--imports", "machine:"], "error: 'machine:': nothing of it can be imported here\n"),
        (["nothing"], "error: 'nothing': no such file or directory\n"),
        (["--project", "nothing"], "error: 'nothing': no such directory\n"),
    ],
)
def test_what_cannot_be_done_is_refused(
    arguments: list[str], said: str, project: Path, capsys: CaptureFixture
) -> None:
    (project / "requirements.txt").write_text("numpy\n")
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("seconds", ["0", "-1", "inf", "nan", "soon"])
def test_a_time_that_is_none_is_refused(seconds: str, capsys: CaptureFixture) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--imports-timeout", seconds])
    assert "--imports-timeout" in capsys.readouterr().err


def test_imports_that_fail_are_told_where_they_belong(project: Path, capsys: CaptureFixture) -> None:
    install(project, "needy", "nowhere>=2", text="import nowhere")
    install(project, "surprise", text="import os; os.kill(os.getpid(), 11)")
    status, document = checked(capsys, "--imports")
    assert status == 1
    found = {one["subject"]: one for one in document["reports"][0]["findings"]}
    assert found["needy"]["rule"] == "unmet-requirement"
    assert found["needy"]["evidence"][-1] == "import needy: ModuleNotFoundError: No module named 'nowhere'"
    assert found["surprise"]["rule"] == "import-failure"
    assert found["surprise"]["evidence"][0].startswith("import surprise: died of SIGSEGV")
    assert document["reports"][0]["imports"]["modules"] == 3


def test_an_import_that_takes_too_long_is_unknown(project: Path, capsys: CaptureFixture) -> None:
    install(project, "slow", text="import time; time.sleep(300)")
    status, document = checked(capsys, "--imports", "--imports-timeout", "2")
    assert status == 0
    (finding,) = document["reports"][0]["findings"]
    assert (finding["subject"], finding["severity"]) == ("slow", "unknown")


def test_names_that_attack_are_text(project: Path, capsys: CaptureFixture) -> None:
    (project / "requirements.txt").write_text("numpy\n")
    evil = project / "\x1b[2J\u202e|<img src=x>"
    (project / ".venv").rename(evil)
    install_into = evil.glob("lib/python*/site-packages/healthy-1.0.dist-info/METADATA")
    next(install_into).write_text("Metadata-Version: 2.1\nName: healthy\nVersion: 1.0\nRequires-Dist: gone\n")
    for form in ("table", "markdown", "sarif"):
        assert main(["check", f"venv:{evil.name}", "--format", form]) == 1
        shown = capsys.readouterr().out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert form == "sarif" or "<img" not in shown.replace("`", "") or form == "table"


def test_a_table_that_is_no_terminals_loads_nothing_that_draws(project: Path) -> None:
    script = (
        "import sys; from samestack.cli.main import main\n"
        "status = main(['check', *sys.argv[1:]])\n"
        "heavy = {'rich', 'jinja2', 'asyncio'}\n"
        "print(status, sorted(set(sys.modules) & heavy), file=sys.stderr)"
    )
    for form in ("table", "json"):
        finished = subprocess.run(
            [sys.executable, "-c", script, "venv:.venv", "--format", form],
            capture_output=True,
            text=True,
            check=True,
        )
        assert finished.stderr == "0 []\n"


@pytest.mark.registry
def test_pandas_under_numpy_2_is_found_and_its_import_belongs_to_that(capsys: CaptureFixture) -> None:
    prefix = new_directory() / "environment"
    run(UV, "venv", "--quiet", "--python", interpreter_of_series("3.10"), prefix)
    run(UV, "pip", "install", "--quiet", "--python", prefix / "bin/python", "pandas==1.4.0", "numpy==2.2.6")
    assert main(["check", f"venv:{prefix}"]) == 1
    shown = capsys.readouterr().out
    assert "error    pandas  numpy-abi" in shown
    assert 'pip install "numpy<2"' in shown
    status, document = checked(capsys, f"venv:{prefix}", "--imports")
    assert status == 1
    findings = document["reports"][0]["findings"]
    (pandas,) = [one for one in findings if one["subject"] == "pandas"]
    assert pandas["rule"] == "numpy-abi"
    assert "numpy.dtype size changed" in pandas["evidence"][-1]
    assert not [one for one in findings if one["rule"] == "import-failure"]


@pytest.mark.registry
def test_a_real_environment_that_is_healthy_passes_with_its_imports(capsys: CaptureFixture) -> None:
    prefix = environment("uv", "3.12", "numpy==2.2.6", "pillow==11.3.0", "protobuf==6.31.1")
    status, document = checked(capsys, f"venv:{prefix}", "--imports")
    assert (status, graves(document)) == (0, [])
    assert document["reports"][0]["imports"]["modules"] >= 3
