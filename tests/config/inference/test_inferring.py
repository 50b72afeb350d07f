"""What code tells of the variables that it reads, in every way in which it does."""

import json
from typing import Any

import pytest
from msgspec import UNSET

from samestack.config.inference.inferring import Inferred, inferred
from tests.config.configurations import Project


def found(project: Project, code: str, file: str = "app/server.py") -> dict[str, Inferred]:
    project.write({file: code})
    return {one.name: one for one in inferred(project.directory).variables}


def told(one: Inferred) -> tuple[str, Any, bool, bool]:
    return one.type, one.default, one.is_required, one.is_secret


IMPORTS = "import os\nimport os as system\nfrom os import environ, getenv as read, environ as e\n"


@pytest.mark.parametrize(
    ("code", "type_name", "default", "is_required"),
    [
        ('os.environ["X"]', "string", UNSET, True),
        ('system.environ["X"]', "string", UNSET, True),
        ('e["X"]', "string", UNSET, True),
        ('os.environ.get("X")', "string", UNSET, False),
        ('environ.get("X", "a")', "string", "a", False),
        ('os.getenv("X", default="a")', "string", "a", False),
        ('read("X", "a")', "string", "a", False),
        ('environ.setdefault("X", "a")', "string", "a", False),
        ('int(os.environ["X"])', "integer", UNSET, True),
        ('int(os.environ.get("X", "2"))', "integer", 2, False),
        ('int(os.environ.get("X") or 2)', "integer", 2, False),
        ('float(os.getenv("X", "0.5").strip())', "number", 0.5, False),
        ('os.environ.get("X", 8000)', "integer", 8000, False),
        ('int(os.environ.get("X", "many"))', "integer", UNSET, False),
        ('int(os.environ.get("X", -1))', "integer", -1, False),
        ('int(os.environ.get("X", "99999999999999999999"))', "integer", UNSET, False),
        ('float(os.environ.get("X", "inf"))', "number", UNSET, False),
        ('os.environ.get("X", "False").lower() == "true"', "boolean", False, False),
        ('os.environ.get("X", "1").lower() in ("1", "true", "yes")', "boolean", True, False),
        ('os.environ.get("X", "0") == "1"', "string", "0", False),
        ('bool(os.environ.get("X", "a"))', "string", "a", False),
        ('strtobool(os.environ.get("X", "no"))', "boolean", False, False),
        ('parser.add_argument("--x", type=int, default=os.environ.get("X", 2))', "integer", 2, False),
        ('NAME = "X"\nos.environ[NAME]', "string", UNSET, True),
        ('def f(v=os.environ):\n    return v.get("X", "a")', "string", "a", False),
        ('try:\n    os.environ["X"]\nexcept KeyError:\n    pass', "string", UNSET, False),
        ('if "X" in os.environ:\n    os.environ["X"]', "string", UNSET, False),
    ],
)
def test_reads_of_the_environment(
    project: Project,
    code: str,
    type_name: str,
    default: object,
    is_required: bool,  # noqa: FBT001
) -> None:
    variable = found(project, IMPORTS + code)["X"]
    assert told(variable) == (type_name, default, is_required, False)


@pytest.mark.parametrize(
    ("code", "type_name", "default", "is_required"),
    [
        ('from decouple import config\nconfig("X", default=2, cast=int)', "integer", 2, False),
        ('from decouple import config\nconfig("X")', "string", UNSET, True),
        ('from decouple import config\nconfig("X", default=False, cast=bool)', "boolean", False, False),
        ('from environs import Env\nenv = Env()\nenv.int("X", 2)', "integer", 2, False),
        ('from environs import Env\nenv = Env()\nenv.bool("X", default=True)', "boolean", True, False),
        ('from environs import env\nenv.str("X")', "string", UNSET, True),
        ("import environ\nenv = environ.Env(X=(bool, False))", "boolean", False, False),
        ('import environ\nenv = environ.Env()\nenv("X", int, 2)', "integer", 2, False),
        ('import environ\nenv = environ.Env()\nenv("X", default="a")', "string", "a", False),
        (
            'import click\n@click.option("--x", envvar="X", type=int, default=2)\ndef f(x): ...',
            "integer",
            2,
            False,
        ),
        (
            'import click\n@click.option("--x", is_flag=True, envvar="X")\ndef f(x): ...',
            "boolean",
            UNSET,
            False,
        ),
        ('import typer\ndef f(x: int = typer.Option(2, envvar=["X", "Y"])): ...', "integer", 2, False),
    ],
)
def test_reads_by_libraries(
    project: Project,
    code: str,
    type_name: str,
    default: object,
    is_required: bool,  # noqa: FBT001
) -> None:
    assert told(found(project, code)["X"]) == (type_name, default, is_required, False)


def test_places_of_files_and_cells(project: Project) -> None:
    cells = [
        {"cell_type": "markdown", "source": "os.environ['NO']"},
        {"cell_type": "code", "source": ["import os\n", "!pip install x\n"]},
        {"cell_type": "code", "source": "int(os.environ['BATCH_SIZE'])"},
    ]
    project.write({"train.ipynb": json.dumps({"cells": cells, "metadata": {}})})
    variables = found(project, "import os\n\nos.environ['BATCH_SIZE']\n")
    assert set(variables) == {"BATCH_SIZE"}
    assert variables["BATCH_SIZE"].type == "integer"
    assert variables["BATCH_SIZE"].places == ("train.ipynb, cell 3", "app/server.py:3")


@pytest.mark.parametrize(
    "code",
    [
        'import os\nos.environ["X"] = "a"',
        'import os\ndel os.environ["X"]',
        'environ = {}\nenviron["X"]',
        'import os\nos.environ["PATH"]\nos.environ.get("LC_ALL")\nos.environ["RANK"]',
        "import os\nos.environ[",
    ],
)
def test_what_is_no_read_of_a_variable_of_the_project(project: Project, code: str) -> None:
    assert found(project, code) == {}


def test_tests_and_environments_are_left_out(project: Project) -> None:
    code = 'import os\nos.environ["X"]'
    project.write({"env3/pyvenv.cfg": "", "env3/a.py": code, "tests/a.py": code, "app/test_a.py": code})
    assert found(project, "", "app/a.py") == {}


def test_a_large_file_is_left_out(project: Project) -> None:
    assert found(project, 'import os\nos.environ["X"]\n' + "#" * 1024 * 1024) == {}


@pytest.mark.parametrize(
    "code", ["a" + "()" * 20_000, "a" + ".a" * 50_000, "(" * 5000 + ")" * 5000, "-" * 50_000 + "1"]
)
def test_what_is_nested_deeply_is_borne(project: Project, code: str) -> None:
    assert found(project, f"import os\nos.environ.get('X')\n{code}").keys() <= {"X"}


def test_secrets_are_told_by_name_and_by_the_address_that_is_their_default(project: Project) -> None:
    code = """
import os
os.environ.get("HUGGINGFACE_API_KEY", "canary-1")
os.environ.get("DATABASE_URL", "postgresql://app:canary-2@db/app")
os.environ.get("CACHE_URL", "redis://cache/0")
os.environ["API_KEY_FILE"]
int(os.environ.get("MAX_TOKEN", "512"))
"""
    project.write({"app.py": code})
    inference = inferred(project.directory)
    secret = {one.name: one.is_secret for one in inference.variables}
    assert secret == {
        "API_KEY_FILE": False,
        "CACHE_URL": False,
        "DATABASE_URL": True,
        "HUGGINGFACE_API_KEY": True,
        "MAX_TOKEN": False,
    }
    assert "canary" not in repr(inference)
    assert inference.doubts == (
        "app.py:4: the secret DATABASE_URL has a default in the code",
        "app.py:3: the secret HUGGINGFACE_API_KEY has a default in the code",
    )


def test_what_contradicts_itself_or_is_known_only_to_a_run_is_a_doubt(project: Project) -> None:
    code = """
import os
int(os.environ.get("PORT", "1"))
int(os.environ.get("PORT", "2"))
float(os.environ["PORT"])
os.environ.get("lower")
for name in names: os.environ[name]
"""
    project.write({"app.py": code})
    inference = inferred(project.directory)
    (port,) = inference.variables
    assert told(port) == ("integer", 1, True, False)
    assert inference.doubts == (
        "app.py:6: a variable that is not in capitals, digits and _ cannot be configured",
        "PORT is read as several types: app.py:3, app.py:4, app.py:5",
        "PORT has several defaults: app.py:3, app.py:4, app.py:5",
        "app.py:7: which variable is read there, only a run can tell",
    )


def test_functions_that_read_what_they_are_given_the_name_of(project: Project) -> None:
    code = """
import os
def number(variables, name, default):
    text = variables.get(name, str(default))
    return int(text)
def needed(name):
    return os.environ[name]
def settings(variables=os.environ):
    return number(variables, "MAX_WORKERS", 4), needed("DATABASE_URL"), number({}, default=2, name="RETRIES")
needed(any_other)
"""
    project.write({"app.py": code})
    inference = inferred(project.directory)
    assert {one.name: told(one) for one in inference.variables} == {
        "DATABASE_URL": ("string", UNSET, True, False),
        "MAX_WORKERS": ("integer", 4, False, False),
        "RETRIES": ("integer", 2, False, False),
    }
    assert inference.doubts == ()
