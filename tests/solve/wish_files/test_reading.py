"""Words and files as wishes, each with its file, its line and its place."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.solve.wish_files.asked import Asked
from samestack.solve.wish_files.project_wishes import Choice
from samestack.solve.wish_files.reading import read_words

PYPROJECT = """\
[project]
name = "Vision.App"
requires-python = ">=3.9"
dependencies = [
  "numpy>=1.21",  # arrays
  "torch>=2; sys_platform == 'linux'",
]
[project.optional-dependencies]
gpu = ["cupy>=12"]
all = ["vision-app[gpu]", "dask"]

[dependency-groups]
Dev_Tools = ["pytest", { include-group = "lint" }]
lint = ["ruff"]

[tool.uv]
constraint-dependencies = ["urllib3<2"]
[tool.uv.sources]
torch = { index = "torch-cpu" }
dask = { git = "https://user:secret@host.example/dask", rev = "abc" }
"""
POETRY = """\
[tool.poetry]
name = "vision"
[tool.poetry.dependencies]
python = "^3.9"
numpy = "^1.21"
pandas = { version = "~1.4", extras = ["performance"], markers = "sys_platform == 'linux'" }
dask = { version = "*", optional = true }
either = "^1 || ^3"
[tool.poetry.extras]
big = ["dask"]
[tool.poetry.group.dev.dependencies]
pytest = "*"
"""
ENVIRONMENT = """\
name: ü
channels: [conda-forge, nodefaults]
dependencies:
  - python=3.10
  - numpy =1.21   # arrays
  - https://host.example/linux-64/x-1-0.conda
  - pip:
    - torch>=2
    - -r requirements.txt
"""


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files are that the words name."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(
    *words: str, extras: Sequence[str] = (), groups: Sequence[str] = (), of_conda: bool = False
) -> Asked:
    return read_words(words, Choice(frozenset(extras), frozenset(groups)), of_conda=of_conda)


def stated(asked: Asked) -> list[tuple[str, str, int, str]]:
    return [(wish.text, wish.file, wish.line, wish.place) for wish in asked.wishes]


def texts(asked: Asked) -> list[str]:
    return [wish.text for wish in asked.wishes]


def test_requirements_files_with_what_they_include(directory: Path) -> None:
    (directory / "sub").mkdir()
    (directory / "sub/base.txt").write_text("# base\nrequests>=2\n")
    (directory / "limits.txt").write_text("urllib3<2\n")
    hashes = f"--hash=sha256:{'a' * 64}"
    (directory / "requirements.txt").write_text(
        f"-r sub/base.txt\n-c limits.txt\n\nnumpy==1.25.2 \\\n  {hashes}\n"
        "pandas ; python_version<'3.11' # old\n"
        "--extra-index-url https://user:secret@host.example/simple\n"
    )
    asked = read("requirements.txt")
    assert stated(asked) == [
        ("requests>=2", "sub/base.txt", 2, ""),
        ("urllib3<2", "limits.txt", 1, ""),
        ("numpy==1.25.2", "requirements.txt", 4, ""),
        ("pandas ; python_version<'3.11'", "requirements.txt", 6, ""),
    ]
    assert [wish.is_constraint for wish in asked.wishes] == [False, True, False, False]
    assert set(asked.digests) == {"sub/base.txt", "limits.txt", "requirements.txt"}
    assert "secret" not in "".join(asked.notes)
    assert any("line 7: the index https://host.example/simple is not asked" in note for note in asked.notes)


def test_addresses_are_named_and_projects_here_are_read(directory: Path) -> None:
    (directory / "lib").mkdir()
    (directory / "lib/pyproject.toml").write_text(
        '[project]\nname = "lib"\ndependencies = ["scipy"]\noptional-dependencies.gpu = ["cupy"]\n'
    )
    (directory / "old").mkdir()
    (directory / "thing-1.0-py3-none-any.whl").touch()
    (directory / "requirements.txt").write_text(
        "-e ./lib[gpu]\nthing @ ./thing-1.0-py3-none-any.whl\n./thing-1.0-py3-none-any.whl\n"
        "git+https://host.example/tool@v1#egg=tool\n-e ./old#egg=old\n"
    )
    asked = read("requirements.txt")
    wheel = (directory / "thing-1.0-py3-none-any.whl").as_uri()
    assert stated(asked) == [
        (f"thing @ {wheel}", "requirements.txt", 2, ""),
        (f"thing @ {wheel}", "requirements.txt", 3, ""),
        ("tool @ git+https://host.example/tool@v1#egg=tool", "requirements.txt", 4, ""),
        ("scipy", "lib/pyproject.toml", 3, "project.dependencies[0]"),
        ("cupy", "lib/pyproject.toml", 4, "project.optional-dependencies.gpu[0]"),
    ]
    assert any("old: what it needs is known only when it is built" in note for note in asked.notes)


def test_a_project_that_asks_for_itself_is_read_once(directory: Path) -> None:
    (directory / "requirements.txt").write_text("-e .\nnumpy\n")
    (directory / "pyproject.toml").write_text(
        '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
        '[tool.setuptools.dynamic]\ndependencies = { file = "requirements.txt" }\n'
    )
    assert texts(read("pyproject.toml")) == ["numpy"]


def test_a_pyproject(directory: Path) -> None:
    (directory / "pyproject.toml").write_text(PYPROJECT)
    asked = read("pyproject.toml")
    assert stated(asked) == [
        ("numpy>=1.21", "pyproject.toml", 5, "project.dependencies[0]"),
        ("torch>=2; sys_platform == 'linux'", "pyproject.toml", 6, "project.dependencies[1]"),
        ("urllib3<2", "pyproject.toml", 17, "tool.uv.constraint-dependencies[0]"),
    ]
    assert [wish.is_constraint for wish in asked.wishes] == [False, False, True]
    assert [(one.specifier, one.place) for one in asked.pythons] == [
        (">=3.9", "requires-python of pyproject.toml")
    ]
    assert any("the index torch-cpu is not asked" in note for note in asked.notes)


def test_extras_and_groups_are_chosen(directory: Path) -> None:
    (directory / "pyproject.toml").write_text(PYPROJECT)
    asked = read("pyproject.toml", extras=["all"], groups=["dev-tools"])
    assert [(wish.text, wish.line) for wish in asked.wishes][2:] == [
        ("cupy>=12", 9),
        ("dask @ git+https://host.example/dask@abc", 10),
        ("pytest", 13),
        ("ruff", 14),
        ("urllib3<2", 17),
    ]


@pytest.mark.parametrize(
    ("extras", "groups", "said"),
    [
        (["tpu"], [], "has no extra 'tpu'"),
        ([], ["docs"], "has no group 'docs'"),
        (["lint"], [], "no extra 'lint'"),
    ],
)
def test_unknown_extras_and_groups_are_named(
    extras: list[str], groups: list[str], said: str, directory: Path
) -> None:
    (directory / "pyproject.toml").write_text(PYPROJECT)
    with pytest.raises(RequestError, match=said) as caught:
        read("pyproject.toml", extras=extras, groups=groups)
    assert "it has" in str(caught.value.hint)


def test_extras_need_a_project() -> None:
    with pytest.raises(RequestError, match="none is named"):
        read("numpy", extras=["gpu"])


def test_a_project_of_poetry(directory: Path) -> None:
    (directory / "pyproject.toml").write_text(POETRY)
    asked = read("pyproject.toml", extras=["big"], groups=["dev"])
    assert stated(asked) == [
        ("numpy<2,>=1.21", "pyproject.toml", 5, "tool.poetry.dependencies.numpy"),
        (
            'pandas[performance]<1.5,>=1.4; sys_platform == "linux"',
            "pyproject.toml",
            6,
            "tool.poetry.dependencies.pandas.version",
        ),
        ("dask", "pyproject.toml", 7, "tool.poetry.dependencies.dask.version"),
        ("pytest", "pyproject.toml", 12, "tool.poetry.group.dev.dependencies.pytest"),
    ]
    assert [one.specifier for one in asked.pythons] == ["<4,>=3.9"]
    assert any("either: one of several ranges" in note for note in asked.notes)
    assert "dask" not in texts(read("pyproject.toml"))


def test_an_environment(directory: Path) -> None:
    (directory / "requirements.txt").write_text("requests\n")
    (directory / "environment.yml").write_text(ENVIRONMENT)
    asked = read("environment.yml")
    assert [(one.text, one.line, one.place) for one in asked.conda_wishes] == [
        ("python=3.10", 4, "dependencies[0]"),
        ("numpy =1.21", 5, "dependencies[1]"),
    ]
    assert stated(asked) == [
        ("torch>=2", "environment.yml", 8, "dependencies[3].pip[0]"),
        ("requests", "requirements.txt", 1, ""),
    ]
    assert asked.channels == ("conda-forge",)
    assert [one.specifier for one in asked.pythons] == ["==3.10.*"]
    assert any("named by its file is left out" in note for note in asked.notes)


def test_words_are_files_or_requirements(directory: Path) -> None:
    (directory / "pins").write_text("numpy==1.25.2\n")
    (directory / "torch").mkdir()
    asked = read("pins", "torch>=2", "torch", "name @ https://host.example/name-1.0-py3-none-any.whl")
    assert stated(asked)[:3] == [
        ("numpy==1.25.2", "pins", 1, ""),
        ("torch>=2", "", 0, ""),
        ("torch", "", 0, ""),
    ]
    assert len(asked.wishes) == 4


def test_with_channels_requirements_are_those_of_conda() -> None:
    asked = read("numpy=1.21", "pytorch-cuda", of_conda=True)
    assert [wish.text for wish in asked.conda_wishes] == ["numpy=1.21", "pytorch-cuda"]
    assert asked.wishes == ()


def test_without_words_the_project_here_is_read(directory: Path) -> None:
    (directory / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    (directory / "requirements.txt").write_text("numpy\n")
    (directory / "environment.yml").write_text("dependencies: [python]\n")
    asked = read()
    assert texts(asked) == ["numpy"]
    assert "requirements.txt was read; environment.yml not" in asked.notes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing in the current directory asks for packages"),
        (["missing.txt"], "'missing.txt': no such file"),
        (["sub/missing"], "'sub/missing': no such file"),
        (["numpy=1.21"], "'numpy=1.21': not a requirement"),
        (["./nowhere.whl"], "'nowhere.whl': no such file"),
    ],
)
def test_what_cannot_be_asked_is_refused(words: list[str], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        read(*words)


def test_a_lock_asks_for_nothing(directory: Path) -> None:
    (directory / "uv.lock").write_text("version = 1\n")
    with pytest.raises(InputError, match="decided already"):
        read("uv.lock")


def test_errors_name_the_line(directory: Path) -> None:
    (directory / "requirements.txt").write_text("numpy\npandas >>> 2\n")
    with pytest.raises(InputError, match=r"requirements\.txt: line 2: "):
        read("requirements.txt")
    (directory / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["a", "b >>> 2"]\n')
    with pytest.raises(InputError, match=r"project\.dependencies\[1\]"):
        read("pyproject.toml")
    (directory / "environment.yml").write_text("dependencies:\n  - 'numpy =='\n  - '=='\n")
    with pytest.raises(InputError, match=r"dependencies\[0\]"):
        read("environment.yml")
