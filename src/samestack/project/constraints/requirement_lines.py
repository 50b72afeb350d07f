"""A constraint as a line of a bare requirements file, its reason in a comment."""

from packaging.requirements import InvalidRequirement, Requirement

from samestack.errors import InputError
from samestack.project.constraints.commented_lines import comment_text, line_ending, with_reason
from samestack.project.constraints.narrowing import adds_nothing, is_about_same, narrowed
from samestack.project.manifest import Constraint
from samestack.solve.written.requirement_text import REQUIREMENTS
from samestack.solve.written.span import Span


def with_line_constraint(text: str, constraint: Constraint, file: str) -> str:
    """The requirements with the constraint: the line about its package narrowed, or else one more line."""
    wanted = Requirement(constraint.requirement)
    for span in REQUIREMENTS.spans(text):
        said = _requirement(span.value)
        if said is None or said.url or not is_about_same(said, wanted):
            continue
        if adds_nothing(said, wanted):
            return text
        _check_has_no_hashes(span, file)
        return with_reason(text, span.start, span.end, narrowed(said, wanted), constraint.reason)
    ending = line_ending(text)
    gap = "" if not text or text.endswith("\n") else ending
    return f"{text}{gap}{constraint.requirement}  # {comment_text(constraint.reason)}{ending}"


def _requirement(text: str) -> Requirement | None:
    try:
        return Requirement(text)
    except InvalidRequirement:  # an address or a path, which no version narrows
        return None


def _check_has_no_hashes(span: Span, file: str) -> None:
    if span.is_hashed:
        hint = "put the constraint into what the file was made from, and make it again"
        raise InputError(file, "hashes of files stand there", place=span.place, hint=hint)
