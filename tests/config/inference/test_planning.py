"""What is written into a project: only what is missing, and all else as it was."""

import tomllib
from pathlib import Path

import pytest

from samestack.config.inference.planning import planned, write
from samestack.errors import InputError
from tests.config.configurations import Project

CODE = """
import os
workers = int(os.environ.get("MAX_WORKERS", "2"))
key = os.environ["API_KEY"]
url = os.environ["DATABASE_URL"]
"""
MANIFEST = '# ours\n[project]\nname = "x"  # short\n\n# about ruff\n[tool.ruff]\nline-length = 99\n'


@pytest.fixture
def helpdesk(project: Project) -> Project:
    project.write({"app.py": CODE, "pyproject.toml": MANIFEST, ".gitignore": "*.pyc"})
    return project


def config(project: Project) -> dict[str, object]:
    text = (project.directory / "pyproject.toml").read_text()
    table: dict[str, object] = tomllib.loads(text)["tool"]["samestack"]["config"]
    return table


def test_all_that_is_missing_is_written(helpdesk: Project) -> None:
    write(planned(helpdesk.directory))
    assert (helpdesk.directory / "pyproject.toml").read_text() == (
        MANIFEST + "\n[tool.samestack.config.fields]\n"
        'API_KEY = { type = "string", secret = true, required = true }  # app.py:4\n'
        'DATABASE_URL = { type = "string", required = true }  # app.py:5\n'
        'MAX_WORKERS = { type = "integer" }  # app.py:3\n'
    )
    assert tomllib.loads((helpdesk.directory / "config/base.toml").read_text()) == {"max_workers": 2}
    for profile in ("development", "production"):
        text = (helpdesk.directory / f"config/{profile}.toml").read_text()
        assert tomllib.loads(text) == {}
        assert text.endswith("# database_url =  # string\n")
    assert (helpdesk.directory / ".gitignore").read_text() == "*.pyc\n.env\n"


def test_what_is_written_resolves(helpdesk: Project) -> None:
    write(planned(helpdesk.directory))
    resolution = helpdesk.resolved("production", {"API_KEY": "a", "DATABASE_URL": "sqlite:///x"})
    assert not resolution.findings
    assert {one.name: one.value for one in resolution.values} == {
        "API_KEY": "a",
        "DATABASE_URL": "sqlite:///x",
        "MAX_WORKERS": 2,
    }


def test_a_second_time_nothing_changes(helpdesk: Project) -> None:
    write(planned(helpdesk.directory))
    assert planned(helpdesk.directory).changes == ()


def test_a_variable_that_came_later_is_added_with_its_default(helpdesk: Project) -> None:
    write(planned(helpdesk.directory))
    helpdesk.write({"later.py": 'import os\nos.environ.get("GREETING", "it\\"s\\n")\n'})
    write(planned(helpdesk.directory))
    fields = config(helpdesk)["fields"]
    assert isinstance(fields, dict)
    assert fields["GREETING"] == {"type": "string", "default": 'it"s\n'}
    assert fields["MAX_WORKERS"] == {"type": "integer"}


def test_documents_of_another_format_are_left_alone(helpdesk: Project) -> None:
    helpdesk.write({"config/production.yaml": "a: 1\n", "config/base.json": "{}"})
    write(planned(helpdesk.directory))
    written = {path.name for path in (helpdesk.directory / "config").iterdir()}
    assert written == {"base.json", "production.yaml", "development.toml"}


def test_a_settings_class_is_the_schema(helpdesk: Project) -> None:
    code = "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    a: int\n"
    helpdesk.write({"settings.py": code})
    plan = planned(helpdesk.directory)
    write(plan)
    assert config(helpdesk) == {"schema": "settings:Settings"}
    assert "app.py:4: API_KEY is read beside settings:Settings, which has to know it" in plan.doubts
    assert planned(helpdesk.directory).changes == ()


def test_a_project_without_a_manifest_gets_one(project: Project) -> None:
    project.write({"app.py": CODE})
    write(planned(project.directory))
    assert set(config(project)) == {"fields"}


def test_line_ends_stay(helpdesk: Project) -> None:
    file = helpdesk.directory / "pyproject.toml"
    file.write_bytes(MANIFEST.replace("\n", "\r\n").encode())
    write(planned(helpdesk.directory))
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_a_file_name_with_a_line_end_stays_in_its_comment(project: Project) -> None:
    project.write({"a\nb.py": CODE})
    write(planned(project.directory))
    assert len(config(project)["fields"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "manifest",
    [
        "tool.samestack.config.fields = {}\n",
        '[tool.samestack.config]\nfields = { A = { type = "string" } }\n',
        '[tool.samestack.config]\ndirectory = "../elsewhere"\n',
    ],
)
def test_a_manifest_that_cannot_be_added_to_is_named(helpdesk: Project, manifest: str) -> None:
    helpdesk.write({"pyproject.toml": manifest})
    with pytest.raises(InputError, match=r"pyproject\.toml: tool\.samestack\.config"):
        planned(helpdesk.directory)
    assert not (helpdesk.directory / "config").exists()


def test_nothing_is_run(project: Project, tmp_path: Path) -> None:
    project.write({"app.py": 'import os\nopen(os.environ["X"], "w")\nopen("ran", "w")\n'})
    planned(project.directory)
    assert not (tmp_path / "ran").exists()
