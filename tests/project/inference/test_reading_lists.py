"""What lists of packages tell: requirements files, setup scripts, Pipfiles, environments."""

from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.project.inference.clue import Seen
from samestack.project.inference.environment_clues import read_environment_clues
from samestack.project.inference.package_clues import read_setup_cfg, read_setup_py
from samestack.project.inference.pipfile_clues import read_pipfile
from samestack.project.inference.requirement_clues import read_requirements, requirement_files


def rows(seen: Seen) -> list[tuple[str, str, str, str]]:
    return [(str(clue.kind), clue.value, clue.place, clue.group) for clue in seen.clues]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("requirements.txt", ""),
        ("requirements-dev.txt", "dev"),
        ("requirements_test.txt", "test"),
        ("test-requirements.txt", "test"),
        ("requirements.docs.txt", "docs"),
        ("requirements/base.txt", ""),
        ("requirements/dev.txt", "dev"),
        ("service/requirements.txt", ""),
        ("requirements-base.in", ""),
        ("tests/requirements.txt", "test"),
        ("docs/requirements.txt", "docs"),
        ("notes.txt", None),
        ("data/labels.txt", None),
    ],
)
def test_the_names_of_files_tell_groups(name: str, group: str | None) -> None:
    assert requirement_files((name,)).get(name) == group


def test_what_was_compiled_is_not_read() -> None:
    assert requirement_files(("requirements.in", "requirements.txt")) == {"requirements.in": ""}


def test_requirements(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(
        "--extra-index-url https://me:secret@index.example/cu113\n"
        "torch==1.13.0  # net\n-r base.txt\n-c limits.txt\n-e .\n./wheels/own.whl\n"
        "git+https://git.example/x.git@v1#egg=x\ngit+https://git.example/y.git#subdirectory=p&egg=y\nhttps://host.example/unnamed\n"
    )
    (tmp_path / "base.txt").write_text("six\n")
    (tmp_path / "limits.txt").write_text("numpy<2\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    seen = read_requirements(tmp_path, {"requirements-dev.txt": "dev", "requirements.txt": ""})
    assert rows(seen) == [
        ("dependency", "torch==1.13.0", "requirements.txt:2", ""),
        ("dependency", "six", "base.txt:1", ""),
        ("constraint", "numpy<2", "limits.txt:1", ""),
        ("dependency", "x @ git+https://git.example/x.git@v1", "requirements.txt:7", ""),
        ("dependency", "y @ git+https://git.example/y.git#subdirectory=p", "requirements.txt:8", ""),
        ("dependency", "pytest", "requirements-dev.txt:2", "dev"),
    ]
    assert len(seen.doubts) == 3
    assert "secret" not in str(seen)
    assert "https://index.example/cu113 has to be configured" in seen.doubts[0]


def test_requirements_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("-r missing.txt\n")
    (doubt,) = read_requirements(tmp_path, {"requirements.txt": ""}).doubts
    assert doubt.endswith("it is left out")


SETUP = """\
from setuptools import find_packages, setup
REQUIRED = ["torch>=1.8", "numpy"]
setup(
    name="Deep_Net", version=read_version(), python_requires=">=3.7",
    packages=find_packages(), install_requires=REQUIRED, extras_require={"gpu": ["cupy"]},
    entry_points={"console_scripts": ["net=net:main"]}, long_description=open("x").read(),
)
"""


def test_a_setup_script_is_read_and_not_run(tmp_path: Path) -> None:
    path = tmp_path / "setup.py"
    path.write_text(SETUP)
    seen = read_setup_py(path, "setup.py")
    assert rows(seen) == [
        ("name", "Deep_Net", "setup.py:4", ""),
        ("dynamic", "version", "setup.py:4", ""),
        ("requires-python", ">=3.7", "setup.py:4", ""),
        ("dependency", "torch>=1.8", "setup.py:2", ""),
        ("dependency", "numpy", "setup.py:2", ""),
        ("dynamic", "optional-dependencies", "setup.py:5", ""),
        ("dynamic", "scripts", "setup.py:6", ""),
        ("dynamic", "gui-scripts", "setup.py:6", ""),
        ("dynamic", "entry-points", "setup.py:6", ""),
        ("dynamic", "readme", "setup.py:6", ""),
    ]
    assert seen.doubts == ()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("setup(install_requires=read())", "computed"),
        ("setup(install_requires=[read()])", "computed"),
        ("print 'x'", "cannot parse"),
        ("setup(install_requires=['a b'])", "no requirement"),
    ],
)
def test_what_a_setup_script_does_not_say(tmp_path: Path, text: str, doubt: str) -> None:
    path = tmp_path / "setup.py"
    path.write_text(text)
    seen = read_setup_py(path, "setup.py")
    assert not seen.clues
    assert doubt in seen.doubts[0]


def test_a_setup_configuration(tmp_path: Path) -> None:
    path = tmp_path / "setup.cfg"
    path.write_text(
        "[metadata]\nname = net\nversion = attr: net.__version__\n\n[options]\npython_requires = >=3.8\n"
        "install_requires =\n    torch>=1.8\n    numpy; python_version < '3.9'\n"
        "\n[options.entry_points]\nconsole_scripts =\n    net = net:main\n"
        "\n[flake8]\nmax-line-length = 100%\n"
    )
    seen = read_setup_cfg(path, "setup.cfg")
    assert rows(seen) == [
        ("name", "net", "setup.cfg:2", ""),
        ("requires-python", ">=3.8", "setup.cfg:6", ""),
        ("dynamic", "version", "setup.cfg:3", ""),
        ("dynamic", "scripts", "setup.cfg:11", ""),
        ("dynamic", "gui-scripts", "setup.cfg:11", ""),
        ("dynamic", "entry-points", "setup.cfg:11", ""),
        ("dependency", "torch>=1.8", "setup.cfg:8", ""),
        ("dependency", "numpy; python_version < '3.9'", "setup.cfg:9", ""),
    ]
    path.write_text("no section\n")
    assert "nothing is taken from it" in read_setup_cfg(path, "setup.cfg").doubts[0]


def test_a_pipfile(tmp_path: Path) -> None:
    path = tmp_path / "Pipfile"
    path.write_text(
        '[packages]\nnumpy = "*"\ntorch = "==1.13.0"\nuvicorn = {extras = ["standard"], version = ">=0.2"}\n'
        'own = {path = "./own"}\nx = {git = "https://git.example/x.git", ref = "v1"}\n'
        '[dev-packages]\npytest = "*"\n[requires]\npython_version = "3.8"\n'
    )
    seen = read_pipfile(path, "Pipfile")
    assert rows(seen) == [
        ("dependency", "numpy", "Pipfile:2", ""),
        ("dependency", "torch==1.13.0", "Pipfile:3", ""),
        ("dependency", "uvicorn[standard]>=0.2", "Pipfile:4", ""),
        ("dependency", "x @ git+https://git.example/x.git@v1", "Pipfile:6", ""),
        ("dependency", "pytest", "Pipfile:8", "dev"),
        ("python", "3.8", "Pipfile:10", ""),
    ]
    assert seen.doubts == ("Pipfile:5: left out, since it lies on this machine: own",)


def test_an_environment(tmp_path: Path) -> None:
    path = tmp_path / "environment.yml"
    path.write_text(
        "channels: [conda-forge]\ndependencies:\n  - python=3.9\n  - pytorch=1.13\n  - cudatoolkit=11.6\n"
        "  - ffmpeg\n  - numpy>=1.20,<2\n  - pip\n  - pip:\n    - transformers==4.20.0\n"
    )
    seen = read_environment_clues(path, "environment.yml")
    assert rows(seen) == [
        ("python", "3.9", "environment.yml:3", ""),
        ("dependency", "torch==1.13.*", "environment.yml:4", ""),
        ("cuda", "11.6", "environment.yml:5", ""),
        ("dependency", "numpy>=1.20,<2", "environment.yml:7", ""),
        ("dependency", "transformers==4.20.0", "environment.yml:10", ""),
    ]
    assert any("only conda can bring it: ffmpeg" in doubt for doubt in seen.doubts)
    path.write_text("dependencies: 3\n")
    with pytest.raises(InputError):
        read_environment_clues(path, "environment.yml")
