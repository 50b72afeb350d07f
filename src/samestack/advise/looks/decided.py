"""What a project has decided already: manifests, environment files and locks."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.advise.project_files import ProjectFiles
from samestack.advise.signal import Evidence, Signal, seen

_POETRY: Final = r"^\s*\[tool\.poetry[\].]"
_HASH: Final = r"--hash=sha\d+:"
_CONDA_LOCKS: Final = r"(.*[.-])?conda-lock\.ya?ml|pixi\.lock|pixi\.toml"
_YAML: Final = r".*\.ya?ml"
_REQUIREMENTS: Final = r"(.*[._-])?requirements([._-].*)?\.(txt|in)"
_INDEX_LOCKS: Final = ("uv.lock", "pylock.toml", "pdm.lock", "Pipfile.lock")
_PIP_SECTION = re.compile(r"^(?P<indent>\s*)-\s*pip\s*:\s*$")


def decided(files: ProjectFiles) -> Iterator[Signal]:
    """The signals of what is there."""
    yield from seen("poetry-project", _of_poetry(files))
    yield from seen("conda-lock", _files(files.named(_CONDA_LOCKS)))
    environments = environment_files(files)
    yield from seen("conda-environment", _files(environments))
    yield from seen("index-lock", _index_locks(files))
    yield from seen("requirements-file", _files(files.named(_REQUIREMENTS)))
    yield from seen("index-only", _mostly_pip(files, environments))


def environment_files(files: ProjectFiles) -> tuple[str, ...]:
    """The files that ask conda for packages, told by what stands in them: they have many names."""
    return tuple(name for name in files.named(_YAML) if _asks_for_packages(files.text(name)))


def _asks_for_packages(text: str) -> bool:
    is_lock = re.search(r"^(metadata|package|version|packages):", text, re.MULTILINE) is not None
    has_list = re.search(r"^dependencies:\s*(#.*)?\n(\s*(#.*)?\n)*\s*-", text, re.MULTILINE) is not None
    return has_list and not is_lock


def _of_poetry(files: ProjectFiles) -> Iterator[Evidence]:
    for name in files.top("pyproject.toml"):
        yield from files.lines(name, _POETRY)
    yield from _files(files.top("poetry.lock"))


def _index_locks(files: ProjectFiles) -> Iterator[Evidence]:
    yield from _files(files.top(*_INDEX_LOCKS))
    for name in files.named(_REQUIREMENTS):
        yield from files.lines(name, _HASH)


def _mostly_pip(files: ProjectFiles, environments: tuple[str, ...]) -> Iterator[Evidence]:
    for name in environments:
        of_conda, of_pip = _counts(files.text(name))
        if of_pip > 2 * of_conda:
            yield Evidence(file=name, text=f"{of_pip} packages by pip, {of_conda} by conda")


def _counts(text: str) -> tuple[int, int]:
    """How many packages conda is asked for, beside Python and pip, and how many pip is."""
    of_conda, of_pip, pip_indent = 0, 0, -1
    for line in text.partition("dependencies:")[2].splitlines():
        item = re.match(r"^(?P<indent>\s*)-\s*(?P<name>[\w.-]+)?", line)
        if match := _PIP_SECTION.match(line):
            pip_indent = len(match["indent"])
        elif item and pip_indent >= 0 and len(item["indent"]) > pip_indent:
            of_pip += 1
        elif item and item["name"] not in {"python", "pip", "setuptools", "wheel"}:
            of_conda += 1
    return of_conda, of_pip


def _files(names: tuple[str, ...]) -> Iterator[Evidence]:
    return (Evidence(file=name) for name in names)
