"""A constraint as an entry of a bare ``environment.yml``, in conda's words, its reason in a comment."""

import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from packaging.requirements import InvalidRequirement, Requirement

from samestack.compare.conda_specifications import parse_match_specification
from samestack.errors import InputError
from samestack.knowledge.python_names import conda_name
from samestack.project.conda_words import written_specifier
from samestack.project.constraints.commented_lines import comment_text, line_ending, with_reason
from samestack.project.constraints.narrowing import adds_nothing, is_about_same, narrowed
from samestack.project.manifest import Constraint
from samestack.solve.written.span import Span
from samestack.solve.written.yaml_text import YAML

_CONDA_ENTRY: Final = re.compile(r"dependencies\[(\d+)\]")
_PIP_ENTRY: Final = re.compile(r"dependencies\[(\d+)\]\.pip\[(\d+)\]")
_WILDCARD: Final = re.compile(r"==([\d.]+\.\*)")
_NOTHING_MORE: Final = re.compile(r"[ \t]*(#[^\n]*)?\r?(\n|$)")


def with_entry_constraint(text: str, constraint: Constraint, file: str) -> str:
    """The environment with the constraint: the entry about its package narrowed, or else one more entry."""
    of_pip = Requirement(constraint.requirement)
    if of_pip.marker is not None:
        _refuse(constraint, file, "conda has no environment markers")
    of_conda = Requirement(f"{conda_name(of_pip.name).name}{of_pip.specifier}")
    spans = YAML.spans(text)
    for span in spans:
        wanted = of_pip if _PIP_ENTRY.fullmatch(span.place) else of_conda
        said = _said(span)
        if said is not None and is_about_same(said, wanted):
            return _narrowed(text, span, (said, wanted), constraint, file)
    last = [span for span in spans if _CONDA_ENTRY.fullmatch(span.place)]
    if not last:
        _refuse(constraint, file, "it has no dependencies that it could stand among")
    return _appended(text, last[-1], _of_conda(narrowed(of_conda, of_conda)), constraint, file)


def _said(span: Span) -> Requirement | None:
    """What an entry asks for, in the words of PEP 440; ``None`` where these cannot say it."""
    try:
        if _PIP_ENTRY.fullmatch(span.place):
            requirement = Requirement(span.value)
            return None if requirement.url else requirement
        if not _CONDA_ENTRY.fullmatch(span.place):
            return None
        said = parse_match_specification(span.value)
        specifier = written_specifier(said.version or "*")
        is_plain = not (said.channel or said.build or said.conditions)
        if not is_plain or specifier is None:
            return None
        return Requirement(f"{said.name}{specifier}")
    except (InvalidRequirement, ValueError):
        return None


def _of_conda(requirement: str) -> str:
    """A requirement in conda's words: it writes a series without signs."""
    name = Requirement(requirement).name
    specifier = requirement.removeprefix(name)
    plain = _WILDCARD.sub(r"\1", specifier)
    return f"{name} {plain}" if plain != specifier else requirement


def _narrowed(
    text: str, span: Span, both: tuple[Requirement, Requirement], constraint: Constraint, file: str
) -> str:
    if adds_nothing(*both):
        return text
    requirement = narrowed(*both) if ".pip[" in span.place else _of_conda(narrowed(*both))
    literal = next(YAML.literals(text[span.start : span.end], requirement))
    if not _NOTHING_MORE.match(text, span.end):
        _refuse(constraint, file, "its list stands in brackets")
    after = with_reason(text, span.start, span.end, literal, constraint.reason)
    expected, places = _dependencies(text), [int(number) for number in re.findall(r"\d+", span.place)]
    if len(places) == 1:
        expected[places[0]] = requirement
    else:
        expected[places[0]]["pip"][places[1]] = requirement
    return _checked(after, expected, constraint, file)


def _appended(text: str, last: Span, requirement: str, constraint: Constraint, file: str) -> str:
    """One more entry below the last of conda's, indented as that is."""
    lead = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    if lead.strip() != "-":
        _refuse(constraint, file, "its list stands in brackets")
    ending = line_ending(text)
    whole = text if text.endswith("\n") else f"{text}{ending}"
    at = whole.index("\n", last.end) + 1
    entry = f"{lead}{requirement}  # {comment_text(constraint.reason)}{ending}"
    expected = _dependencies(text)
    expected.insert(int(re.findall(r"\d+", last.place)[0]) + 1, requirement)
    return _checked(f"{whole[:at]}{entry}{whole[at:]}", expected, constraint, file)


def _dependencies(text: str) -> list[Any]:
    import yaml

    return list(yaml.safe_load(text)["dependencies"])


def _checked(after: str, expected: Sequence[Any], constraint: Constraint, file: str) -> str:
    """The new text, if it is read as it is meant."""
    import yaml

    try:
        is_meant = _dependencies(after) == expected
    except (yaml.YAMLError, ValueError):
        is_meant = False
    if not is_meant:
        _refuse(constraint, file, "it cannot be added to as it is written")
    return after


def _refuse(constraint: Constraint, file: str, message: str) -> NoReturn:
    hint = f"add '{constraint.requirement}' by hand"
    raise InputError(file, message, place="dependencies", hint=hint)
