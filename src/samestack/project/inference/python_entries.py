"""The Python of a draft: what says so outright, else what the project was tested on."""

from collections.abc import Iterator, Sequence
from typing import Final

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from samestack.errors import RequestError
from samestack.project.declared import FILE_NAME
from samestack.project.inference.clue import Clue, Kind
from samestack.project.inference.draft import Draft, Entry
from samestack.project.inference.standard_modules import ADDED, REMOVED

PYTHON: Final = "tool.samestack.python"
REQUIRES_PYTHON: Final = "project.requires-python"


def python_entries(clues: Sequence[Clue], settled: str, *, is_asked: bool) -> Draft:
    """The release or series that the environment gets, and the range that the project bears.

    ``settled`` is what was asked for or what the manifest says; empty where it is to be inferred.
    :class:`RequestError` where what was asked for is not in the range.
    """
    chosen = _chosen(clues, settled, "--python" if is_asked else FILE_NAME)
    required = _required(clues, chosen)
    doubts = tuple(_doubts(chosen, clues)) if chosen or not required else ()
    if chosen is not None and required is not None and not _allows(required.value, chosen.value):
        refusal = f"{required.places[0]} requires Python {required.value}, which {chosen.value} is not"
        if is_asked:
            raise RequestError(refusal, hint="ask for another, or change what is required")
        return Draft((required,), (*doubts, f"{refusal}: {chosen.places[0]} is left out"))
    return Draft(tuple(one for one in (chosen, required) if one is not None), doubts)


def _chosen(clues: Sequence[Clue], settled: str, place: str) -> Entry | None:
    """What is settled; else the first file that is meant to say it; else the newest tested series."""
    if settled:
        return Entry(key=PYTHON, value=settled, places=(place,))
    said = _of_python_3(clues, Kind.PYTHON)
    if said:
        same = tuple(dict.fromkeys(one.place for one in said if one.value == said[0].value))
        return Entry(key=PYTHON, value=said[0].value, places=same)
    tested = _of_python_3(clues, Kind.TESTED_PYTHON)
    if not tested:
        return None
    newest = max(tested, key=lambda one: Version(one.value))
    places = tuple(dict.fromkeys(one.place for one in tested if one.value == newest.value))
    return Entry(key=PYTHON, value=newest.value, places=places)


def _of_python_3(clues: Sequence[Clue], kind: Kind) -> list[Clue]:
    return [one for one in clues if one.kind is kind and not one.value.startswith("2.")]


def _of_python_2(clues: Sequence[Clue]) -> list[Clue]:
    kinds = {Kind.PYTHON, Kind.TESTED_PYTHON}
    return [one for one in clues if one.kind in kinds and one.value.startswith("2.")]


def _required(clues: Sequence[Clue], chosen: Entry | None) -> Entry | None:
    said = next((one for one in clues if one.kind is Kind.REQUIRES_PYTHON), None)
    if said is not None and _range(said.value) is not None:
        return Entry(key=REQUIRES_PYTHON, value=said.value, places=(said.place,))
    if chosen is None:
        return None
    tested = [one.value for one in _of_python_3(clues, Kind.TESTED_PYTHON)]
    lowest = min((chosen.value, *tested), key=Version)
    series = ".".join(lowest.split(".")[:2])
    return Entry(key=REQUIRES_PYTHON, value=f">={series}", places=(f"Python {lowest} is the lowest named",))


def _range(text: str) -> SpecifierSet | None:
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        return None


def _doubts(chosen: Entry | None, clues: Sequence[Clue]) -> Iterator[str]:
    if chosen is None:
        yield from (
            f"{one.place} says Python {one.value}: no Python 2 can be locked" for one in _of_python_2(clues)
        )
        yield "nothing tells the Python: name one with --python, or write tool.samestack.python"
        return
    for one in _of_python_3(clues, Kind.PYTHON):
        if not _is_within(chosen.value, one.value):
            yield f"{one.place} says Python {one.value}; {chosen.value} of {chosen.places[0]} is taken"


def _is_within(one: str, other: str) -> bool:
    """Whether two agree: a series agrees with each of its releases."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _allows(required: str, python: str) -> bool:
    """Whether a range allows a release, or any of a series."""
    allowed = _range(required)
    newest = f"{python}.999" if python.count(".") == 1 else python
    return allowed is None or allowed.contains(python) or allowed.contains(newest)


def missing_modules(modules: Sequence[tuple[str, str]], python: str) -> Iterator[str]:
    """A doubt for each standard module, given with its place, that a Python has not yet or no longer."""
    major, minor = _series(python)
    for module, place in modules:
        if major == 3 and minor < ADDED.get(module, 0):
            yield f"{place}: Python {python} has no '{module}' yet, it came with 3.{ADDED[module]}"
        if major == 3 and minor >= REMOVED.get(module, minor + 1):
            yield f"{place}: Python {python} has no '{module}' any more, 3.{REMOVED[module] - 1} was the last"


def _series(python: str) -> tuple[int, int]:
    major, minor = python.split(".")[:2]
    return int(major), int(minor)
