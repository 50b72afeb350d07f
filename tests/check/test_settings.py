"""What a project says of its own checks."""

import subprocess
import sys
from pathlib import Path

import pytest

from samestack.check.report import FailOn
from samestack.check.settings import Settings, read_settings
from samestack.check.suppressions import Suppression
from samestack.errors import InputError

RULES = ("numpy-abi", "glibc", "known-break")
ENTRY = '{rule = "glibc", subject = "torch", reason = "later", until = 2027-01-31}'


def settings_of(directory: Path, text: str) -> Settings:
    (directory / "pyproject.toml").write_text(text)
    return read_settings(str(directory), RULES)


def test_a_project_without_a_manifest_or_without_settings_has_none(tmp_path: Path) -> None:
    assert read_settings(str(tmp_path), RULES) == Settings()
    assert settings_of(tmp_path, "[project]\nname = 'x'\n") == Settings()
    assert settings_of(tmp_path, "[project]\ndependencies = ['samestack']\n") == Settings()
    (tmp_path / "pyproject.toml").unlink()
    (tmp_path / "pyproject.toml").mkdir()
    assert read_settings(str(tmp_path), RULES) == Settings()


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    found = settings_of(tmp_path, f"[tool.samestack.check]\nfail-on = 'warning'\nsuppress = [{ENTRY}]\n")
    assert found == Settings(
        file=str(tmp_path / "pyproject.toml"),
        suppressions=(Suppression(rule="glibc", subject="torch", reason="later", until="2027-01-31"),),
        fail_on=FailOn.WARNING,
    )


def test_the_table_may_be_written_in_any_way_that_toml_has(tmp_path: Path) -> None:
    for text in (
        f"tool.samestack.check.suppress = [{ENTRY}]",
        f'[tool."samestack"]\ncheck = {{suppress = [{ENTRY}]}}',
        "[[tool.samestack.check.suppress]]\nrule='glibc'\nsubject='torch'\nreason='later'\nuntil=2027-01-31",
    ):
        assert len(settings_of(tmp_path, text).suppressions) == 1


@pytest.mark.parametrize(
    ("section", "place", "said", "hint"),
    [
        ("fail_on = 'error'", "tool.samestack.check", "there is no key 'fail_on'", "did you mean 'fail-on'?"),
        ("fail-on = 'errors'", "$.tool.samestack.check.fail-on", "Invalid enum value 'errors'", None),
        ("xyz = 1", "tool.samestack.check", "there is no key 'xyz'", "there is: fail-on, suppress"),
        ("suppress = 'all'", "$.tool.samestack.check.suppress", "Expected `array`", None),
        ("suppress = ['all']", "$.tool.samestack.check.suppress[0]", "Expected `object`", None),
        (
            "suppress = [{rule = 'glibc', subject = 'torch', until = 2027-01-31}]",
            "$.tool.samestack.check.suppress[0]",
            "missing required field `reason`",
            None,
        ),
        (
            "suppress = [{rule = 'glibc', subject = 'torch', reason = 'later'}]",
            "$.tool.samestack.check.suppress[0]",
            "missing required field `until`",
            None,
        ),
        (
            f"suppress = [{ENTRY}, {ENTRY.replace('2027-01-31', chr(34) + 'soon' + chr(34))}]",
            "$.tool.samestack.check.suppress[1].until",
            "date",
            None,
        ),
        (
            f"suppress = [{ENTRY.replace('until', 'untill')}]",
            "tool.samestack.check.suppress[0]",
            "there is no key 'untill'",
            "did you mean 'until'?",
        ),
        (
            f"suppress = [{ENTRY.replace('glibc', 'glib')}]",
            "tool.samestack.check.suppress[0].rule",
            "there is no rule 'glib'",
            "did you mean 'glibc'?",
        ),
        (
            f"suppress = [{ENTRY.replace('later', ' ')}]",
            "tool.samestack.check.suppress[0].reason",
            "the reason is empty",
            "write the reason",
        ),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    section: str, place: str, said: str, hint: str | None, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        settings_of(tmp_path, f"[tool.samestack.check]\n{section}\n")
    assert error.value.place == place
    assert said in error.value.message
    assert error.value.hint == hint


@pytest.mark.parametrize(
    "text", ["tool.samestack = 3", "tool = 'samestack'", "tool.samestack.check = ['samestack']"]
)
def test_what_is_no_table_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Expected `object`"):
        settings_of(tmp_path, text)


def test_a_manifest_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not TOML"):
        settings_of(tmp_path, "samestack = [")


def test_projects_without_settings_do_not_pay_for_a_parser(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    script = (
        "import sys; from samestack.check.settings import read_settings\n"
        f"read_settings({str(tmp_path)!r}, ())\n"
        "print('tomllib' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output == "False\n"
