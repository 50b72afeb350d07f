"""Constraints for a project's own files: added once, joined with what is there, nothing else touched."""

from pathlib import Path

import pytest
import yaml

from samestack.errors import InputError, RequestError
from samestack.project.manifest import Constraint
from samestack.project.mending import add_constraints
from samestack.project.reading import read_project
from samestack.project.wishes import wishes_of
from samestack.solve.edits import apply

NUMPY = Constraint(requirement="numpy<2", reason="pandas 1.4.0 was built against numpy 1")


def mended(path: Path, text: str, *constraints: Constraint) -> str:
    """The file after the constraints, which a second time change nothing."""
    path.write_bytes(text.encode())
    for _ in range(2):
        changes = add_constraints(read_project(path.parent), constraints)
        assert [change.file for change in changes] == [str(path)]
        apply(changes)
    assert changes[0].before == changes[0].after
    wishes_of(read_project(path.parent))
    return path.read_bytes().decode()


def test_a_manifest_gets_a_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\ndependencies = ["pandas==1.4.0"]\n'
    assert mended(tmp_path / "pyproject.toml", text, NUMPY) == (
        f'{text}\n[[tool.samestack.constraints]]\nrequirement = "numpy<2"\n'
        'reason = "pandas 1.4.0 was built against numpy 1"\n'
    )
    assert read_project(tmp_path).manifest.constraints == (NUMPY,)


def test_one_about_the_same_package_is_joined(tmp_path: Path) -> None:
    text = (
        '[project]\nname = "x"\n\n[tool.samestack]\nconstraints = [\n'
        "  {requirement = 'NumPy>=1.20', reason = 'old ones lack typing'}, # keep\n]\n"
    )
    after = mended(tmp_path / "pyproject.toml", text, NUMPY)
    assert after == text.replace("NumPy>=1.20", "NumPy>=1.20,<2").replace(
        "typing", "typing; pandas 1.4.0 was built against numpy 1"
    )


def test_a_tighter_one_takes_the_place(tmp_path: Path) -> None:
    own = Constraint(requirement="numpy<1.24", reason="tensorflow 2.12 refuses it")
    after = mended(tmp_path / "pyproject.toml", '[project]\nname = "x"\n', NUMPY, own)
    assert read_project(tmp_path).manifest.constraints == (own,)
    assert after.count("constraints") == 1


def test_two_packages_stand_one_after_the_other(tmp_path: Path) -> None:
    other = Constraint(requirement="protobuf<3.21", reason="x")
    mended(tmp_path / "pyproject.toml", '[project]\nname = "x"\n\n[tool.ruff]\n', NUMPY, other)
    assert read_project(tmp_path).manifest.constraints == (NUMPY, other)


def test_a_manifest_without_room_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('tool = {samestack = {python = "3.9"}}\n[project]\nname = "x"\n')
    with pytest.raises(InputError, match=r"tool\.samestack\.constraints: it cannot be added to") as error:
        add_constraints(read_project(tmp_path), (NUMPY,))
    assert "numpy<2" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pandas==1.4.0\n", "pandas==1.4.0\nnumpy<2  # {}\n"),
        ("pandas==1.4.0", "pandas==1.4.0\nnumpy<2  # {}\n"),
        ("pandas==1.4.0\r\n", "pandas==1.4.0\r\nnumpy<2  # {}\r\n"),
        ("numpy\npandas\n", "numpy<2  # {}\npandas\n"),
        ("NumPy >= 1.20  # arrays\npandas\n", "NumPy>=1.20,<2  # arrays; {}\npandas\n"),
        ("numpy==1.26.4\n", "numpy==1.26.4\n"),
        ("numpy; sys_platform == 'darwin'\n", "numpy; sys_platform == 'darwin'\nnumpy<2  # {}\n"),
        ("-e ./\n", "-e ./\nnumpy<2  # {}\n"),
    ],
)
def test_requirements(tmp_path: Path, before: str, after: str) -> None:
    expected = after.replace("{}", NUMPY.reason)
    assert mended(tmp_path / "requirements.txt", before, NUMPY) == expected


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_bytes(b"\xef\xbb\xbfpandas\n")
    apply(add_constraints(read_project(tmp_path), (NUMPY,)))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfpandas\nnumpy<2")


def test_hashes_are_not_left_behind(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(f"numpy>=1 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(InputError, match="line 1: hashes of files stand there"):
        add_constraints(read_project(tmp_path), (NUMPY,))


ENVIRONMENT = """\
name: x
channels: [conda-forge]
dependencies:
  - python=3.9
  - pandas=1.4.0  # frames
  - pip
  - pip:
      - torch==1.13.0  # a network
      - transformers
"""


@pytest.mark.parametrize(
    ("requirement", "before", "after"),
    [
        ("numpy<2", "", "  - pip\n  - numpy<2  # why\n  - pip:\n"),
        ("pandas<1.5", "", "  - pandas 1.4.0.*,<1.5  # frames; why\n"),
        ("transformers<5", "", "      - transformers<5  # why\n"),
        ("opencv-python<5", "", "  - pip\n  - opencv<5  # why\n"),
        ("numpy<2", "- pip\n", "- pip\n  - numpy<2  # why\n"),
        ("python<3.9.5", "", "  - python 3.9.*,<3.9.5  # why\n"),
    ],
)
def test_an_environment(tmp_path: Path, requirement: str, before: str, after: str) -> None:
    constraint = Constraint(requirement=requirement, reason="why")
    text = mended(tmp_path / "environment.yml", ENVIRONMENT, constraint)
    assert after in text
    assert len(text.splitlines()) - len(ENVIRONMENT.splitlines()) in {0, 1}


def test_an_environment_without_a_last_line_end(tmp_path: Path) -> None:
    text = mended(tmp_path / "environment.yml", "dependencies:\n- pandas", NUMPY)
    assert yaml.safe_load(text) == {"dependencies": ["pandas", "numpy<2"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dependencies: [pandas]\n", "in brackets"),
        ("dependencies: [numpy]\n", "in brackets"),
        ("name: x\n", "no dependencies"),
    ],
)
def test_an_environment_that_has_no_room(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "environment.yml").write_text(text)
    with pytest.raises(InputError, match=message) as error:
        add_constraints(read_project(tmp_path), (NUMPY,))
    assert error.value.hint == "add 'numpy<2' by hand"


def test_conda_has_no_markers(tmp_path: Path) -> None:
    (tmp_path / "environment.yml").write_text(ENVIRONMENT)
    constraint = Constraint(requirement='numpy<2; sys_platform == "linux"', reason="x")
    with pytest.raises(InputError, match="no environment markers"):
        add_constraints(read_project(tmp_path), (constraint,))


def test_nothing_to_write_into(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="none takes a constraint"):
        add_constraints(read_project(tmp_path), (NUMPY,))
