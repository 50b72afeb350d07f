"""Edits in files: one thing is said otherwise, and everything around it stays byte for byte."""

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.sha256 import sha256_hex
from samestack.solve.edits import apply, planned
from samestack.solve.explanation import Edit
from samestack.solve.problem import Wish

REQUIREMENTS = """\
# what the service needs
numpy==1.25.2    # the system's own

-r base.txt
pandas==1.4.0 ; python_version < "3.11"
torch \\
  ==1.13.0
"""
PYPROJECT = """\
# the project
[project]
name = "vision"
dependencies = [
    "numpy==1.25.2",   # the system's own
    'pandas==1.4.0; python_version < "3.11"',
    "torch==1.13.0"
]
optional-dependencies = { gpu = ["cupy==12", "numba"] }

[dependency-groups]
Dev_Tools = ["pytest==7"]  # fine

[tool.poetry.dependencies]
python = "^3.10"
scipy = "^1.8"    # caret
dask = { version = "~2022.1", extras = ["array"] }
"""
ENVIRONMENT = """\
# größer
channels: [conda-forge, defaults]
dependencies:
  - python=3.10
  - "numpy=1.21"      # quoted
  - pandas   # any
  - pip:
    - torch==1.13.0
    - 'requests>=2'
"""


def edit(file: str, replacement: str, *, line: int = 0, place: str = "", text: str = "numpy==1.25.2") -> Edit:
    return Edit(wish=Wish(text=text, file=file, line=line, place=place), replacement=replacement)


def digests(*paths: Path) -> Mapping[str, str]:
    return {str(path): sha256_hex(path.read_bytes()) for path in paths}


def written(directory: Path, name: str, text: str) -> Path:
    path = directory / name
    path.write_bytes(text.encode())
    return path


def edited(path: Path, *edits: Edit) -> str:
    apply(planned(edits, digests(path)))
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("line", "replacement", "before", "after"),
    [
        (2, "numpy>=1.21,<2", "numpy==1.25.2", "numpy>=1.21,<2"),
        (2, "", "numpy==1.25.2    # the system's own\n", ""),
        (5, 'pandas>=1.4; python_version < "3.11"', "pandas==1.4.0 ; python", "pandas>=1.4; python"),
        (6, "torch>=1.13", "torch \\\n  ==1.13.0", "torch>=1.13"),
        (6, "", "torch \\\n  ==1.13.0\n", ""),
    ],
)
def test_a_requirements_file(line: int, replacement: str, before: str, after: str, tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        path = written(tmp_path, "requirements.txt", REQUIREMENTS.replace("\n", end))
        expected = REQUIREMENTS.replace(before, after).replace("\n", end)
        assert edited(path, edit(str(path), replacement, line=line)) == expected


@pytest.mark.parametrize(
    ("place", "replacement", "before", "after"),
    [
        ("project.dependencies[0]", "numpy>=1.21,<2", '"numpy==1.25.2"', '"numpy>=1.21,<2"'),
        ("project.dependencies[0]", "", '    "numpy==1.25.2",   # the system\'s own\n', ""),
        (
            "project.dependencies[1]",
            'pandas>=1.4; python_version < "3.11"',
            "pandas==1.4.0; python",
            "pandas>=1.4; python",
        ),
        (
            "project.dependencies[0]",
            'numpy; python_version < "3.11"',
            '"numpy==1.25.2"',
            "'numpy; python_version < \"3.11\"'",
        ),
        ("project.dependencies[2]", "", '    "torch==1.13.0"\n', ""),
        ("project.optional-dependencies.gpu[0]", "", '"cupy==12", ', ""),
        ("project.optional-dependencies.gpu[1]", "", ', "numba"', ""),
        ("project.optional-dependencies.gpu[1]", "numba>=0.55", '"numba"', '"numba>=0.55"'),
        ("dependency-groups.dev-tools[0]", "pytest>=7", '"pytest==7"', '"pytest>=7"'),
        ("tool.poetry.dependencies.scipy", "scipy<3,>=1.8", '"^1.8"', '"<3,>=1.8"'),
        ("tool.poetry.dependencies.scipy", "scipy", '"^1.8"', '"*"'),
        ("tool.poetry.dependencies.scipy", "", 'scipy = "^1.8"    # caret\n', ""),
        ("tool.poetry.dependencies.dask.version", "dask[array]>=2022.1", '"~2022.1"', '">=2022.1"'),
    ],
)
def test_a_pyproject(place: str, replacement: str, before: str, after: str, tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        path = written(tmp_path, "pyproject.toml", PYPROJECT.replace("\n", end))
        expected = PYPROJECT.replace(before, after).replace("\n", end)
        assert expected != PYPROJECT.replace("\n", end)
        assert edited(path, edit(str(path), replacement, place=place)) == expected


@pytest.mark.parametrize(
    ("place", "replacement", "before", "after"),
    [
        ("dependencies[0]", "python>=3.9", "python=3.10", "python>=3.9"),
        ("dependencies[1]", "numpy>=1.20,<2", '"numpy=1.21"', '"numpy>=1.20,<2"'),
        ("dependencies[1]", "", '  - "numpy=1.21"      # quoted\n', ""),
        ("dependencies[2]", "pandas: x", "pandas   # any", "'pandas: x'   # any"),
        ("dependencies[3].pip[0]", "torch>=1.13", "torch==1.13.0", "torch>=1.13"),
        ("dependencies[3].pip[0]", "", "    - torch==1.13.0\n", ""),
        (
            "dependencies[3].pip[1]",
            "requests; python_version<'4'",
            "'requests>=2'",
            "'requests; python_version<''4'''",
        ),
        ("channels[1]", "", ", defaults", ""),
    ],
)
def test_an_environment(place: str, replacement: str, before: str, after: str, tmp_path: Path) -> None:
    path = written(tmp_path, "environment.yml", ENVIRONMENT)
    assert edited(path, edit(str(path), replacement, place=place)) == ENVIRONMENT.replace(before, after)


def test_several_edits_of_several_files(tmp_path: Path) -> None:
    one = written(tmp_path, "requirements.txt", REQUIREMENTS)
    other = written(tmp_path, "pyproject.toml", PYPROJECT)
    edits = (
        edit(str(one), "numpy>=1.21", line=2),
        edit(str(other), "", place="project.dependencies[0]"),
        edit(str(one), "", line=5),
        edit(str(other), "torch>=1.13", place="project.dependencies[2]"),
    )
    apply(planned(edits, digests(one, other)))
    without_pandas = REQUIREMENTS.replace('pandas==1.4.0 ; python_version < "3.11"\n', "")
    assert one.read_text() == without_pandas.replace("numpy==1.25.2", "numpy>=1.21")
    without_numpy = PYPROJECT.replace('    "numpy==1.25.2",   # the system\'s own\n', "")
    assert other.read_text() == without_numpy.replace("torch==1.13.0", "torch>=1.13")


def test_the_last_entry_of_a_block_can_go(tmp_path: Path) -> None:
    path = written(tmp_path, "environment.yml", "dependencies:\n  - pip:\n    - torch\n")
    assert edited(path, edit(str(path), "", place="dependencies[0].pip[0]")) == "dependencies:\n  - pip:\n"


def test_an_edit_made_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    path = written(tmp_path, "requirements.txt", REQUIREMENTS)
    before = digests(path)
    one = edit(str(path), "numpy>=1.21", line=2)
    apply(planned([one], before))
    (change,) = planned([one], before)
    assert change.after == change.before == path.read_text()


def test_planning_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "requirements.txt", REQUIREMENTS)
    (change,) = planned([edit(str(path), "numpy", line=2)], digests(path))
    assert change.after != change.before == path.read_text()


def test_a_file_that_changed_since_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "requirements.txt", REQUIREMENTS)
    before = digests(path)
    written(tmp_path, "requirements.txt", f"# new\n{REQUIREMENTS}")
    with pytest.raises(RequestError, match="has changed since it was read"):
        planned([edit(str(path), "numpy", line=3)], before)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(text="numpy==1.25.2"), "stands on the command line"),
        (Wish(text="numpy==1.25.2", is_fixed=True), "is installed"),
    ],
)
def test_what_stands_in_no_file_is_refused(wish: Wish, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        planned([Edit(wish=wish, replacement="numpy")], {})


def test_hashes_would_be_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, "requirements.txt", f"numpy==1.25.2 --hash=sha256:{'a' * 64}\n")
    with pytest.raises(InputError, match="hashes of files stand there") as caught:
        planned([edit(str(path), "numpy>=1.21", line=1)], digests(path))
    assert "what the file was made from" in str(caught.value.hint)


def test_what_cannot_be_edited_safely_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "pyproject.toml", PYPROJECT)
    with pytest.raises(InputError, match="without disturbing") as caught:
        planned([edit(str(path), "", place="tool.poetry.dependencies.dask.version")], digests(path))
    assert caught.value.hint == "take it out by hand"
    with pytest.raises(InputError, match="nothing that can be edited stands there"):
        planned([edit(str(path), "x", place="project.dependencies[9]")], digests(path))


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_bytes("numpy==1.25.2\n".encode("utf-16"))
    with pytest.raises(InputError, match="not UTF-8"):
        planned([edit(str(path), "numpy", line=1)], digests(path))


def test_marks_modes_and_links_are_kept(tmp_path: Path) -> None:
    target = written(tmp_path, "shared.txt", "\ufeffnumpy==1.25.2\r\n")
    target.chmod(0o640)
    path = tmp_path / "requirements.txt"
    path.symlink_to(target.name)
    apply(planned([edit(str(path), "numpy>=1.21", line=1)], digests(path)))
    assert path.is_symlink()
    assert target.read_bytes() == b"\xef\xbb\xbfnumpy>=1.21\r\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
