"""All the clues of a project, those first that are meant as a list of what it needs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from samestack.capture.documents import read_text
from samestack.errors import InputError
from samestack.project.inference.clue import Kind, Seen
from samestack.project.inference.environment_clues import read_environment_clues
from samestack.project.inference.image_clues import is_dockerfile, of_dockerfile
from samestack.project.inference.import_clues import read_imports
from samestack.project.inference.package_clues import read_setup_cfg, read_setup_py
from samestack.project.inference.pipfile_clues import read_pipfile
from samestack.project.inference.project_tree import MAX_FILES, ProjectTree
from samestack.project.inference.python_clues import is_pipeline, of_pipeline, of_version_file
from samestack.project.inference.requirement_clues import read_requirements, requirement_files
from samestack.project.inference.shell_commands import of_command

_MAX_BYTES: Final = 1024 * 1024
_LISTS: Final = ("apt.txt", "packages.txt", "Aptfile", ".binder/apt.txt", "binder/apt.txt")
"""Files of hosts (Binder, Streamlit, Heroku) that list packages of the operating system, one a line."""

Reader = Callable[[Path, str], Seen]
_OF_TEXT = Callable[[str, str], Seen]


def observed(tree: ProjectTree) -> Seen:
    """What every file of the tree tells; a file that is malformed is named and left out."""
    of_requirements = read_requirements(tree.directory, requirement_files(tree.files))
    of_others = (_guarded(read, tree.directory, name) for name, read in _readers(tree.files))
    imports = read_imports(tree.directory, tree.files)
    cut = f"only the first {MAX_FILES:,} files were looked at"
    return Seen.joined((of_requirements, *of_others, imports, Seen((), (cut,) if tree.is_cut else ())))


def _guarded(read: Reader, directory: Path, name: str) -> Seen:
    try:
        return read(directory / name, name)
    except InputError as error:
        return Seen((), (f"{error.message}: it is left out",))


def _readers(files: tuple[str, ...]) -> Iterator[tuple[str, Reader]]:
    """The files that are read, with how; the more somebody meant by it, the earlier."""
    for name, read in _NAMED:
        if name in files:
            yield name, read
    for name in files:
        if is_dockerfile(name):
            yield name, _of_text(of_dockerfile)
    for name in files:
        if is_pipeline(name):
            yield name, _of_text(of_pipeline)
        elif name.endswith(".sh"):
            yield name, _of_text(_of_script)


def _of_text(read: _OF_TEXT) -> Reader:
    return lambda path, shown_as: read(read_text(path, limit=_MAX_BYTES), shown_as)


def _of_script(text: str, shown_as: str) -> Seen:
    """A shell script: what it installs for the system. Its pip may be that of another environment."""
    found = [of_command(line, f"{shown_as}:{number}") for number, line in _joined_lines(text)]
    return Seen(tuple(clue for one in found for clue in one.clues if clue.kind is Kind.SYSTEM_PACKAGE))


def _joined_lines(text: str) -> Iterator[tuple[int, str]]:
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        start = start or number
        pending += line.removesuffix("\\") + " "
        if not line.endswith("\\"):
            yield start, pending
            pending, start = "", 0


def _of_list(text: str, shown_as: str) -> Seen:
    return Seen.joined(
        of_command(f"apt-get install {line}", f"{shown_as}:{number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith(("#", ":"))
    )


_NAMED: Final[tuple[tuple[str, Reader], ...]] = (
    (".python-version", _of_text(of_version_file)),
    ("runtime.txt", _of_text(of_version_file)),
    ("Pipfile", read_pipfile),
    ("setup.cfg", read_setup_cfg),
    ("setup.py", read_setup_py),
    ("environment.yml", read_environment_clues),
    ("environment.yaml", read_environment_clues),
    *((name, _of_text(_of_list)) for name in _LISTS),
)
