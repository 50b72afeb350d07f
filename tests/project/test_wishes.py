"""What a project asks for, with its constraints."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.project.reading import read_project
from samestack.project.wishes import wishes_of

MANIFEST = """\
[project]
name = "x"
dependencies = ["pandas==1.4.0"]

[project.optional-dependencies]
gpu = ["torch"]

[dependency-groups]
test = ["pytest"]
docs = ["sphinx"]

[tool.samestack]
groups = ["test"]

[[tool.samestack.constraints]]
requirement = "numpy<2"
reason = "pandas 1.4.0 was built against numpy 1"
"""


def test_the_files_and_the_constraints_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(MANIFEST)
    asked = wishes_of(read_project(tmp_path), extras=("gpu",))
    said = {one.text: (one.line, one.is_constraint) for one in asked.wishes}
    assert said == {
        "pandas==1.4.0": (3, False),
        "torch": (6, False),
        "pytest": (9, False),
        "numpy<2": (16, True),
    }
    assert {one.place for one in asked.wishes if one.is_constraint} == {
        "tool.samestack.constraints[0].requirement"
    }
    assert set(asked.digests) == {str(path)}


def test_a_group_of_the_manifest_beside_requirements(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("six\n")
    (tmp_path / "pyproject.toml").write_text('[dependency-groups]\ntest = ["pytest"]\n')
    project = read_project(tmp_path)
    assert [one.text for one in wishes_of(project).wishes] == ["six"]
    assert [one.text for one in wishes_of(project, groups=("test",)).wishes] == ["six", "pytest"]


def test_an_environment_asks_conda(tmp_path: Path) -> None:
    (tmp_path / "environment.yml").write_text(
        "channels: [conda-forge]\ndependencies:\n- python=3.9\n- pip:\n  - six\n"
    )
    asked = wishes_of(read_project(tmp_path))
    assert [one.text for one in asked.conda_wishes] == ["python=3.9"]
    assert [one.text for one in asked.wishes] == ["six"]
    assert asked.channels == ("conda-forge",)


def test_nothing_that_asks(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="asks for packages") as error:
        wishes_of(read_project(tmp_path))
    assert "samestack init" in (error.value.hint or "")


@pytest.mark.parametrize(("extras", "groups"), [(("no",), ()), ((), ("no",)), (("a b",), ())])
def test_what_there_is_not(tmp_path: Path, extras: tuple[str, ...], groups: tuple[str, ...]) -> None:
    (tmp_path / "pyproject.toml").write_text(MANIFEST)
    with pytest.raises(RequestError):
        wishes_of(read_project(tmp_path), extras=extras, groups=groups)
