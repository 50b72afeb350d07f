"""A project that is a package itself is importable in its image, and has its commands."""

from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.image.building.own_package import own_package
from samestack.image.settings import ImageSettings
from samestack.project.manifest import Project
from samestack.project.reading import read_project

BUILT = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
MANIFEST = '[project]\nname = "my-shop"\nversion = "1"\n[project.scripts]\nserve = "{target}"\n'


def project(directory: Path, *, built: str = BUILT, target: str = "shop.main:run") -> Project:
    (directory / "pyproject.toml").write_text(built + MANIFEST.format(target=target))
    return read_project(directory)


def contents(example: Project) -> dict[str, str]:
    found = {}
    for entry in own_package(example, ImageSettings(), "3.11"):
        assert entry.content is not None
        with entry.content.open() as stream:
            found[entry.path] = stream.read().decode()
    return found


def test_its_modules_and_its_commands(tmp_path: Path) -> None:
    found = contents(project(tmp_path))
    assert found["opt/venv/lib/python3.11/site-packages/_my_shop.pth"] == "/app\n"
    assert found["opt/venv/bin/serve"].startswith("#!/opt/venv/bin/python\n")
    assert "from shop.main import run" in found["opt/venv/bin/serve"]


def test_modules_that_stand_below_src(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    assert "/app/src\n" in contents(project(tmp_path)).values()


def test_what_is_no_package_is_not_installed(tmp_path: Path) -> None:
    assert contents(project(tmp_path, built="")) == {}


def test_a_command_that_names_no_function(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pyproject\.toml: project\.scripts"):
        contents(project(tmp_path, target="shop"))
