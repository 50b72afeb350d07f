"""One interpreter everywhere: of the release, or of the series, that the lock was decided for."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.model import Component, Layer
from samestack.parity.breach import Breach, breach
from samestack.parity.divergence_words import listed
from samestack.parity.rules import STACK_DIFFERS

_DIFFERENCE: Final = "python/python"


def interpreter_breaches(pythons: Mapping[str, Component | None], locked: str) -> Iterator[Breach]:
    """What is wrong with the interpreters; ``locked`` is a release, a series (``3.11``), or empty.

    Releases of the series that the lock names agree with it; that they are several is only noted.
    """
    told = {name: _text(python) for name, python in pythons.items() if python and python.version}
    if not told:
        return
    expected = locked or next(iter(told.values()))
    wrong = [name for name, text in told.items() if not _is_of(text, expected)]
    if wrong:
        yield breach(_finding(told, locked, Severity.ERROR, wrong), wrong, _DIFFERENCE)
    elif any(not _is_of(one, other) for one in told.values() for other in told.values()):
        yield breach(_finding(told, locked, Severity.NOTE, []), told, _DIFFERENCE)


def _is_of(text: str, expected: str) -> bool:
    """Whether ``3.11.4`` is of ``3.11``, or may be: of some no more than the series is known."""
    return f"{text}.".startswith(f"{expected}.") or f"{expected}.".startswith(f"{text}.")


def _text(python: Component) -> str:
    """Its version; other interpreters than CPython begin with their name."""
    implementation = str(python.facts.get("implementation", "cpython"))
    return f"{'' if implementation == 'cpython' else f'{implementation} '}{python.version}"


def _finding(told: Mapping[str, str], locked: str, severity: Severity, wrong: list[str]) -> Finding:
    groups: dict[str, list[str]] = {}
    for name, text in told.items():
        groups.setdefault(text, []).append(name)
    shown = ", ".join(f"{text} in {listed(names)}" for text, names in groups.items())
    said = f"; the lock is for {locked}" if locked else ""
    return Finding(
        rule=STACK_DIFFERS,
        severity=severity,
        layer=Layer.PYTHON,
        subject="python",
        message=f"the interpreter is {shown}{said}",
        evidence=(
            *(f"{name}: {text}" for name, text in told.items()),
            *([f"the lock: {locked}"] if locked else []),
        ),
        remedy=(
            f"make {listed(wrong)} again with the right interpreter"
            if wrong
            else 'lock for one release (python = "3.11.9") if they are to be the same to the last number'
        ),
    )
