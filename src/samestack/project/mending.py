"""Constraints for a project's own files, each with its reason: planned here, written by who applies them."""

from collections.abc import Callable, Sequence
from typing import Any

from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.errors import RequestError
from samestack.project.constraints.environment_entries import with_entry_constraint
from samestack.project.constraints.manifest_tables import with_table_constraint
from samestack.project.constraints.requirement_lines import with_line_constraint
from samestack.project.manifest import Constraint, Project
from samestack.project.reading import ENVIRONMENTS
from samestack.project.texts import text_and_mark
from samestack.solve.edits import FileChange

Writer = Callable[[str, Constraint, str], str]
"""The text of a file with a constraint that it may say already; the last argument names it in errors."""


def add_constraints(project: Project, constraints: Sequence[Constraint]) -> tuple[FileChange, ...]:
    """What the constraints make of the project's file; nothing is written (``solve.edits.apply`` does that).

    They stand in the ``pyproject.toml``; where there is none, among what a requirements file or an
    ``environment.yml`` asks for. What is said already is left alone, and one about a package that has one is
    joined with it. :class:`InputError` where the file is written in a way that cannot be added to.
    """
    name, write = _written_in(project)
    path = project.directory / name
    if name in ENVIRONMENTS:
        load_bounded_yaml(path, dict[str, Any])  # what is nested too deeply is refused before it is edited
    before, mark = text_and_mark(path)
    after = before
    for constraint in constraints:
        after = write(after, constraint, str(path))
    return (FileChange(file=str(path), before=before, after=after, mark=mark),)


def _written_in(project: Project) -> tuple[str, Writer]:
    if project.file:
        return project.file, with_table_constraint
    if not project.wishes:
        raise RequestError(f"no file of {project.directory} asks for packages, so none takes a constraint")
    name = project.wishes[0]
    return name, with_entry_constraint if name in ENVIRONMENTS else with_line_constraint
