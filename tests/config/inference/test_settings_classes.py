"""Settings classes of pydantic are found by what they inherit from."""

import pytest

from samestack.config.inference.inferring import inferred
from samestack.config.inference.settings_classes import module_name
from tests.config.configurations import Project


def references(project: Project) -> list[str]:
    return [one.reference for one in inferred(project.directory).settings]


@pytest.mark.parametrize(
    "imported",
    [
        "from pydantic_settings import BaseSettings",
        "from pydantic import BaseSettings",
        "from pydantic.v1 import BaseSettings",
    ],
)
def test_a_class(project: Project, imported: str) -> None:
    project.write(
        {"src/helpdesk/settings.py": f"{imported}\nclass Settings(BaseSettings):\n    a: int = 1\n"}
    )
    assert references(project) == ["helpdesk.settings:Settings"]


def test_bases_and_parts_of_others_are_no_schema(project: Project) -> None:
    project.write(
        {
            "app/base.py": "import pydantic_settings as p\nclass Base(p.BaseSettings):\n    a: int\n",
            "app/settings.py": (
                "from app.base import Base\n"
                "class Database(Base):\n    url: str\n"
                "class Settings(Base):\n    database: Database | None\n"
                "class Plain:\n    x: int\n"
            ),
        }
    )
    assert references(project) == ["app.settings:Settings"]


@pytest.mark.parametrize(
    ("file", "module"),
    [("a.py", "a"), ("src/a/b.py", "a.b"), ("a/__init__.py", "a"), ("a-b/c.py", ""), ("__init__.py", "")],
)
def test_names_of_modules(file: str, module: str) -> None:
    assert module_name(file) == module
