"""Files that include each other: followed as pip follows them, and no further than the limits."""

from pathlib import Path

import pytest
from pip._internal.network.session import PipSession
from pip._internal.req.req_file import parse_requirements

from samestack.capture.readers.requirements.requirement_files import (
    MAX_FILES,
    MAX_LINES,
    is_remote,
    located_lines,
)
from samestack.errors import InputError


def written(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return directory / next(iter(files))


def requirements(path: Path) -> list[tuple[str, bool]]:
    lines = [(one.line.requirement, one.is_constraint) for one in located_lines(path)]
    return [line for line in lines if line[0]]


def test_included_files_are_relative_to_the_one_that_names_them(tmp_path: Path) -> None:
    files = {
        "all.txt": "-r base/one.txt\n-c base/limits.txt\nidna\n",
        "base/one.txt": "six\n-r ../two.txt\n",
        "two.txt": "attrs\n",
        "base/limits.txt": "six<2\n-c more.txt\n-r ../two.txt\n",
        "base/more.txt": "idna<4\n",
    }
    path = written(tmp_path, files)
    expected = [
        (one.requirement, one.constraint) for one in parse_requirements(str(path), session=PipSession())
    ]
    # pip lists the file that is included twice as often, where once is enough.
    assert requirements(path) == list(dict.fromkeys(expected))


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    written(tmp_path, {"a b.txt": "six\n"})
    path = written(tmp_path, {"all.txt": f"-r file://{tmp_path}/a%20b.txt\n"})
    assert requirements(path) == [("six", False)]


def test_a_circle_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, {"a.txt": "six\n-r b.txt\n", "b.txt": "-r c.txt\n", "c.txt": "\n-r ./a.txt\n"})
    with pytest.raises(
        InputError, match=r"c\.txt: line 2: includes itself: a\.txt -> b\.txt -> c\.txt -> a\.txt"
    ):
        requirements(path)


@pytest.mark.parametrize("name", ["missing.txt", ".", "/dev/zero", "/dev/stdin", "a\\\0b", "x" * 5000])
def test_only_regular_files_are_included(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, {"a.txt": f"\n-r {name}\n"})
    with pytest.raises(
        InputError, match=r"a\.txt: line 2: includes '.*not a regular file|a\.txt: line 2: includes"
    ):
        requirements(path)


def test_so_many_files_and_no_more(tmp_path: Path) -> None:
    chain = {f"{number}.txt": f"-r {number + 1}.txt\n" for number in range(MAX_FILES - 1)}
    path = written(tmp_path, {**chain, f"{MAX_FILES - 1}.txt": "six\n"})
    assert requirements(path) == [("six", False)]
    written(tmp_path, {f"{MAX_FILES - 1}.txt": f"-r {MAX_FILES}.txt\n", f"{MAX_FILES}.txt": "six\n"})
    with pytest.raises(InputError, match=r"100\.txt: line 1: more than 100 files are included"):
        requirements(path)


def test_files_that_include_two_each_are_read_once_each(tmp_path: Path) -> None:
    files = {f"{number}.txt": f"-r {number + 1}.txt\n-r ./{number + 1}.txt\n" for number in range(60)}
    assert requirements(written(tmp_path, {**files, "60.txt": "six\n"})) == [("six", False)]


def test_so_many_lines_and_no_more(tmp_path: Path) -> None:
    path = written(tmp_path, {"a.txt": "six\n" * (MAX_LINES + 2)})
    with pytest.raises(InputError, match="more than 20000 lines"):
        requirements(path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://host.example/a.txt", True),
        ("s3://bucket/a.txt", True),
        ("a.txt", False),
        ("file:///a.txt", False),
    ],
)
def test_what_would_have_to_be_fetched_is_remote(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_remote(name) is expected
