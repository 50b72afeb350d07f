"""What a project asks of conda, as match specifications; and what it asks of the index on top."""

from collections.abc import Iterator

from msgspec import Struct

from samestack.compare.conda_specifications import parse_match_specification
from samestack.knowledge.python_names import conda_name
from samestack.lock.terms import Terms
from samestack.project.manifest import Project
from samestack.solve.conda.conda_syntax import specification_text
from samestack.solve.problem import Wish
from samestack.solve.wanted import wanted
from samestack.solve.wish_files.asked import Asked

_PYTHON = "python"


class Wishes(Struct, frozen=True, kw_only=True):
    """The wishes of each side."""

    conda: tuple[Wish, ...]
    narrowing: tuple[str, ...]
    """Match specifications that only narrow."""
    index: tuple[Wish, ...]
    """Constraints among them."""
    notes: tuple[str, ...] = ()

    @property
    def has_index(self) -> bool:
        """Whether anything is wanted of the index."""
        return any(not wish.is_constraint for wish in self.index)


def wishes_for_conda(project: Project, asked: Asked, terms: Terms, python: str) -> Wishes:
    """Who is asked for what; ``python`` is a series or a release, empty where nobody named one."""
    known = {wish.text for wish in asked.wishes if wish.is_constraint}
    trials = (one.requirement for one in terms.constraints if one.requirement not in known)
    index = (*asked.wishes, *(Wish(text=text, is_constraint=True) for text in dict.fromkeys(trials)))
    constraints = [wish.text for wish in index if wish.is_constraint]
    conda = (*asked.conda_wishes, *_python(project, asked, python))
    narrowing = tuple(text for one in constraints for text in _narrowing(one))
    marked = [text for text in constraints if ";" in text]
    notes = tuple(f"'{text}' narrows the index's packages alone: conda knows no markers" for text in marked)
    return Wishes(conda=conda, narrowing=narrowing, index=index, notes=notes)


def _python(project: Project, asked: Asked, python: str) -> Iterator[Wish]:
    """The Python that is named; else what packages of the index need, if no file asks conda for one."""
    if python:
        yield Wish(text=f"{_PYTHON}={python}", file=project.file, place="tool.samestack.python")
        return
    is_asked = any(parse_match_specification(one.text).name == _PYTHON for one in asked.conda_wishes)
    if not is_asked and any(not wish.is_constraint for wish in asked.wishes):
        required = project.requires_python
        text = specification_text(f"{_PYTHON} {required}") if required else _PYTHON
        yield Wish(text=text, file=project.file, place="project.requires-python" if required else "")


def _narrowing(constraint: str) -> Iterator[str]:
    """A constraint by every name that conda may have for the package."""
    said = wanted(constraint)
    if said is None or said.marker or said.address:
        return
    names = (conda_name(said.key).name, said.key, said.key.replace("-", "_"))
    for name in dict.fromkeys(names):
        yield specification_text(f"{name} {said.specifier}")
