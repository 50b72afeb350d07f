"""The constraints that mend it, in the files of the project that asked for what was bad."""

from msgspec import structs

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.request import Request
from samestack.project.manifest import Project
from samestack.project.mending import add_constraints
from samestack.project.reading import read_project
from samestack.solve.edits import FileChange


def changes_for(found: Bisection, request: Request) -> tuple[FileChange, ...]:
    """What the constraints make of them; nothing is written."""
    return add_constraints(_project(request), found.pins)


def _project(request: Request) -> Project:
    """The requirements that were bisected, or the project in the directory that the command runs in."""
    file = request.requirements
    if file is None:
        return read_project(request.directory)
    if file.is_dir():
        return read_project(file)
    project = read_project(file.absolute().parent)
    return project if file.name in project.wishes else structs.replace(project, file="", wishes=(file.name,))
