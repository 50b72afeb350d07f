"""What a directory's files say of the project in it."""

from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.project.manifest import Backend, Constraint, HostNeeds
from samestack.project.reading import read_project

WHOLE = """\
[project]
name = "Helpdesk_Agent"
requires-python = ">=3.8"
dependencies = ["tensorflow==2.12.0"]

[dependency-groups]
test = ["pytest"]

[build-system]
requires = ["hatchling"]

[tool.samestack]
backend = "venv"
python = "3.10"
platforms = ["linux-64", "osx-arm64"]
environment = "envs/agent"
groups = ["test"]
system-packages = ["libgl1"]
as-of = 2023-04-01
urls = false
models = ["*.h5"]

[tool.samestack.host]
glibc = "2.31"
driver = "450.80.02"

[[tool.samestack.constraints]]
requirement = "numpy<1.24"
reason = "TensorFlow 2.12 wants it"

[tool.samestack.check]
fail-on = "warning"
"""


def project_with(directory: Path, **files: str) -> Path:
    for name, text in files.items():
        (directory / name.replace("__", ".")).write_text(text)
    return directory


def test_a_whole_manifest(tmp_path: Path) -> None:
    project = read_project(project_with(tmp_path, pyproject__toml=WHOLE))
    assert (project.name, project.requires_python, project.file) == (
        "helpdesk-agent",
        ">=3.8",
        "pyproject.toml",
    )
    assert project.is_package
    assert project.wishes == ("pyproject.toml",)
    said = project.manifest
    assert (said.backend, said.python, said.platforms) == (Backend.VENV, "3.10", ("linux-64", "osx-arm64"))
    assert (said.environment, said.groups, said.system_packages) == ("envs/agent", ("test",), ("libgl1",))
    assert (said.as_of, said.urls) == ("2023-04-01", False)
    assert said.host == HostNeeds(driver="450.80.02", glibc="2.31")
    assert said.constraints == (Constraint(requirement="numpy<1.24", reason="TensorFlow 2.12 wants it"),)
    assert project.backend_reason == "pyproject.toml says so (tool.samestack.backend)"


def test_bare_requirements(tmp_path: Path) -> None:
    project = read_project(project_with(tmp_path / ".", requirements__txt="numpy\n"))
    assert (project.backend, project.wishes, project.file) == (Backend.VENV, ("requirements.txt",), "")
    assert project.name == tmp_path.name.replace("_", "-").lower()
    assert not project.is_package
    assert project.notes == ()


def test_a_manifest_for_linters_alone_is_none(tmp_path: Path) -> None:
    files = {"pyproject__toml": "[tool.ruff]\nline-length = 100\n", "requirements__txt": "numpy\n"}
    project = read_project(project_with(tmp_path, **files))
    assert (project.wishes, project.file) == (("requirements.txt",), "")


def test_groups_stand_beside_requirements(tmp_path: Path) -> None:
    files = {"pyproject__toml": '[dependency-groups]\ntest = ["pytest"]\n', "requirements__txt": "numpy\n"}
    project = read_project(project_with(tmp_path, **files))
    assert project.wishes == ("requirements.txt", "pyproject.toml")


def test_the_manifest_goes_before_requirements(tmp_path: Path) -> None:
    files = {
        "pyproject__toml": '[project]\nname = "x"\ndependencies = ["numpy"]\n',
        "requirements__txt": "a\n",
    }
    project = read_project(project_with(tmp_path, **files))
    assert project.wishes == ("pyproject.toml",)
    assert project.notes == ("pyproject.toml is read for what to install; requirements.txt not",)


def test_requirements_that_the_manifest_leads_to_are_read(tmp_path: Path) -> None:
    manifest = (
        '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
        '[tool.setuptools.dynamic]\ndependencies = {file = "requirements.txt"}\n'
    )
    project = read_project(project_with(tmp_path, pyproject__toml=manifest, requirements__txt="numpy\n"))
    assert project.wishes == ("pyproject.toml",)
    assert project.notes == ()


def test_what_pip_tools_compiled_is_not_what_was_asked(tmp_path: Path) -> None:
    files = {"requirements__in": "numpy\n", "requirements__txt": "numpy==1.26.4\n"}
    project = read_project(project_with(tmp_path, **files))
    assert project.wishes == ("requirements.in",)
    assert project.notes == ("requirements.in is read for what to install; requirements.txt not",)


def test_a_bare_environment_is_condas(tmp_path: Path) -> None:
    project = read_project(project_with(tmp_path, environment__yml="dependencies: [python=3.9]\n"))
    assert (project.backend, project.wishes) == (Backend.CONDA, ("environment.yml",))
    assert project.backend_reason == "environment.yml is what asks for packages here"


def test_an_environment_beside_requirements_is_named(tmp_path: Path) -> None:
    files = {"environment__yml": "dependencies: [numpy]\n", "requirements__txt": "numpy\n"}
    project = read_project(project_with(tmp_path, **files))
    assert (project.backend, project.wishes) == (Backend.VENV, ("requirements.txt",))
    assert project.notes == ("requirements.txt is read for what to install; environment.yml not",)


def test_conda_by_the_manifest_takes_its_dependencies_too(tmp_path: Path) -> None:
    manifest = '[project]\nname = "x"\ndependencies = ["numpy"]\n[tool.samestack]\nbackend = "conda"\n'
    files = {"environment__yml": "dependencies: [python]\n", "pyproject__toml": manifest}
    project = read_project(project_with(tmp_path, **files))
    assert project.wishes == ("environment.yml", "pyproject.toml")


def test_poetry(tmp_path: Path) -> None:
    manifest = '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.9"\nnumpy = "*"\n'
    project = read_project(project_with(tmp_path, pyproject__toml=manifest, requirements__txt="numpy\n"))
    assert (project.backend, project.wishes) == (Backend.POETRY, ("pyproject.toml",))
    assert project.requires_python == "<4,>=3.9"
    assert project.is_package
    assert "[tool.poetry]" in project.backend_reason


def test_a_standard_manifest_that_poetry_has_locked(tmp_path: Path) -> None:
    files = {"pyproject__toml": '[project]\nname = "x"\n', "poetry__lock": ""}
    project = read_project(project_with(tmp_path, **files))
    assert project.backend is Backend.POETRY
    assert "poetry.lock" in project.backend_reason


@pytest.mark.parametrize("own", ["[tool.uv]\npackage = false\n", "[tool.poetry]\npackage-mode = false\n"])
def test_what_is_said_to_be_no_package_is_none(tmp_path: Path, own: str) -> None:
    manifest = f'[project]\nname = "x"\n[build-system]\nrequires = []\n{own}'
    assert not read_project(project_with(tmp_path, pyproject__toml=manifest)).is_package


def test_an_empty_directory_is_a_project_without_wishes(tmp_path: Path) -> None:
    project = read_project(tmp_path)
    assert (project.backend, project.wishes, project.file) == (Backend.VENV, (), "")


def test_no_directory(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no such directory"):
        read_project(tmp_path / "missing")


@pytest.mark.parametrize(
    ("own", "place", "message", "hint"),
    [
        ("bakend = 'venv'", "bakend", "there is no such key", "did you mean 'backend'?"),
        ("backend = 'codna'", "backend", "there is no backend 'codna'", "did you mean 'conda'?"),
        ("backend = 3", "backend", "there is no backend '3'", "there is: conda, poetry, venv"),
        ("python = 3.9", "python", "Expected `str`, got `float`", 'write it as a text: "3.9"'),
        ("python = '>=3.9'", "python", "'>=3.9' is no version of Python", "requires-python"),
        ("platforms = ['linux-46']", "platforms[0]", "no platform 'linux-46'", "did you mean 'linux-64'?"),
        ("environment = '/srv/env'", "environment", "is no path inside the project", ".venv"),
        ("environment = '../env'", "environment", "is no path inside the project", ".venv"),
        ("environment = '.'", "environment", "is no path inside the project", ".venv"),
        ("groups = ['a b']", "groups[0]", "'a b' is no name", "declares"),
        ("channels = ['']", "channels[0]", "the channel is empty", "conda-forge"),
        ("system-packages = ['a; rm -rf']", "system-packages[0]", "no name of a package", "libgl1"),
        ("system-packages = 'libgl1'", "system-packages", "Expected `array`, got `str`", None),
        ("as-of = 'yesterday'", "as-of", "'yesterday' is no day", "auto"),
        ("as-of = 2022-03-01T10:00:00", "as-of", "is no day", "auto"),
        ("host = {glibc = '>=2.31'}", "host.glibc", "is no plain version", "2.31"),
        ("host = {glib = '2.31'}", "host.glib", "there is no such key", "did you mean 'glibc'?"),
        ("host = {cuda = 11.2}", "host.cuda", "Expected `str`, got `float`", '"11.2"'),
        (
            "constraints = [{requirement = 'numpy<2'}]",
            "constraints[0]",
            "missing required field `reason`",
            None,
        ),
        (
            "constraints = [{requirment = 'a', reason = 'b'}]",
            "constraints[0].requirment",
            "no such key",
            "req",
        ),
        (
            "constraints = [{requirement = 'a<1', reason = ' '}]",
            "constraints[0].reason",
            "is empty",
            "sentence",
        ),
        (
            "constraints = [{requirement = '<1', reason = 'b'}]",
            "constraints[0].requirement",
            "not a req",
            "numpy",
        ),
        (
            "constraints = [{requirement = 'a', reason = 'b'}]",
            "constraints[0].requirement",
            "any version",
            "numpy",
        ),
        (
            "constraints = [{requirement = 'a[b]<1', reason = 'b'}]",
            "constraints[0].requirement",
            "extras",
            "numpy",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, own: str, place: str, message: str, hint: str | None) -> None:
    project_with(tmp_path, pyproject__toml=f"[tool.samestack]\n{own}\n")
    with pytest.raises(InputError) as error:
        read_project(tmp_path)
    said = error.value
    assert said.message.startswith(f"{tmp_path / 'pyproject.toml'}: tool.samestack.{place}: ")
    assert message in said.message
    assert (said.hint is None) if hint is None else (hint in (said.hint or ""))


@pytest.mark.parametrize(
    ("required", "python", "is_refused"),
    [
        (">=3.10", "3.9", True),
        (">=3.9.2", "3.9", False),
        (">=3.8,<3.9", "3.8.18", False),
        ("<3.9", "3.9", True),
    ],
)
def test_the_python_is_held_against_what_the_project_requires(
    tmp_path: Path,
    required: str,
    python: str,
    is_refused: bool,  # noqa: FBT001
) -> None:
    manifest = (
        f'[project]\nname = "x"\nrequires-python = "{required}"\n[tool.samestack]\npython = "{python}"\n'
    )
    project_with(tmp_path, pyproject__toml=manifest)
    if not is_refused:
        assert read_project(tmp_path).manifest.python == python
        return
    with pytest.raises(InputError, match=r"tool\.samestack\.python: the project requires Python"):
        read_project(tmp_path)


def test_what_is_no_toml_is_refused_in_a_line(tmp_path: Path) -> None:
    project_with(tmp_path, pyproject__toml="[tool.samestack\n")
    with pytest.raises(InputError, match="not TOML"):
        read_project(tmp_path)
