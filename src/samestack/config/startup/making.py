"""From what the sources say to an object of the class, or to all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from samestack.config.startup.classes import build
from samestack.config.startup.entry import DEFAULT, PROFILE, Entry
from samestack.config.startup.error import ConfigurationError, Problem
from samestack.config.startup.failing import problem_of
from samestack.config.startup.gathering import Gathered
from samestack.config.startup.giving import given
from samestack.config.startup.layering import layered
from samestack.config.startup.origins import remember
from samestack.config.startup.sources.document import is_profile_name
from samestack.config.startup.texts import no_documents, typed_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samestack.config.startup.request import Request
    from samestack.config.startup.variable import Failure, Shape, Variable

T = TypeVar("T")


def made(settings: type[T], request: Request, shape: Shape) -> T | ConfigurationError:
    """The object, its origins remembered; or the error, which is never raised here, where values are."""
    known = shape.by_name
    maps = frozenset(name for name, variable in known.items() if variable.is_map)
    gathered = Gathered(request, known.keys(), maps)
    values = layered(_prepared(gathered.entries, known))
    problems = [*gathered.problems, *_unknown(gathered.entries, known, request), *no_documents(shape, values)]
    wrong = {problem.variable for problem in problems}
    sound = {name: entry for name, entry in values.items() if name not in wrong}
    result, failures = build(settings, given(shape, sound))
    problems += _first_of_each(failures, shape, values, wrong)
    if problems or failures:
        named = request.profile if is_profile_name(request.profile) else ""
        return ConfigurationError(named, _in_order(problems, shape))
    remember(result, _origins(shape, values))
    return result  # type: ignore[return-value] # build makes an object of the class that it is given


def _prepared(entries: Iterable[Entry], known: dict[str, Variable]) -> list[Entry]:
    """The entries of known variables by their first names, texts of lists and maps as what they are.

    Of two names that one source has for one variable, the one that the class takes first goes before.
    """
    own = [(entry, known[entry.name]) for entry in entries if entry.name in known]
    own.sort(key=lambda one: one[1].names.index(one[0].name))
    sources = list(dict.fromkeys(entry.source for entry in entries))
    own.sort(key=lambda one: sources.index(one[0].source))
    return [typed_entry(entry._replace(name=variable.name), variable) for entry, variable in own]


def _first_of_each(
    failures: Iterable[Failure], shape: Shape, values: dict[str, Entry], wrong: set[str]
) -> Iterator[Problem]:
    """A problem for each variable with which nothing else is wrong yet: a union fails in many ways."""
    for failure in failures:
        problem = problem_of(failure, shape, values)
        if not problem.variable or problem.variable not in wrong:
            wrong.add(problem.variable)
            yield problem


def _in_order(problems: Iterable[Problem], shape: Shape) -> list[Problem]:
    """Sources first, then the variables as the class declares them, then what it does not know."""
    order = {variable.name: index for index, variable in enumerate(shape.variables)}

    def place(problem: Problem) -> tuple[int, int]:
        return (0 if problem.kind == "source" else 1, order.get(problem.variable, len(order)))

    return sorted(problems, key=place)


def _unknown(entries: Iterable[Entry], known: dict[str, Variable], request: Request) -> Iterator[Problem]:
    """What documents have that the class does not; a ``.env`` file is for other programs, too."""
    if request.ignore_unknown:
        return
    for entry in entries:
        if entry.name not in known and entry.rank >= PROFILE:
            message = f"there is no such variable; {_did_you_mean(entry.name, known)}"
            yield Problem(entry.name, message, kind="unknown", source=entry.source, place=entry.place)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    import difflib  # only mistakes pay for it

    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else f"there is: {', '.join(sorted(known))}"


def _origins(shape: Shape, values: dict[str, Entry]) -> dict[str, str]:
    return {
        variable.name: values[variable.name].origin if variable.name in values else DEFAULT
        for variable in shape.variables
    }
