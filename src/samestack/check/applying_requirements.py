"""What the packages of an environment require there: markers decided, and the extras that others ask for.

An environment of 200 packages states 2,000 requirements, most of them of extras that nobody asked for. These
are left out by their text; ``packaging`` reads the rest, and each marker once.
"""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct
from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion

from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment
from samestack.model import Component, normalized_python_name

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"""extra *== *["']([^"']*)["']""")
# Before PEP 440, "at least 1.9.*" was written; older installers still read it.
_STARRED_BOUND: Final = r"((?:>=|<=|>|<|~=)\s*[\d.]+)\.\*"
_OPERATORS: Final = ("<", ">", "=", "!", "~")
_PATCH_LEVEL: Final = ("python_full_version", "implementation_version")


class Required(Struct, frozen=True):
    """A requirement that applies: who asks, in which of its extras, and for what."""

    asker: str
    """The normalised name of the package that states it."""
    component: Component
    extra: str
    """The extra that it belongs to; empty for what the package always requires."""
    extra_asker: str
    """Who asked for that extra, as ``uvicorn[standard]>=0.12 by fastapi-cli 0.0.5``."""
    name: str
    """Normalised."""
    extras: tuple[str, ...]
    specifier: str
    """As it is written: ``>=1.21,<2``; empty where any version does, or an address names the one."""

    @property
    def label(self) -> str:
        """The requirement as one writes it: ``uvicorn[standard]>=0.12``."""
        extras = f"[{','.join(self.extras)}]" if self.extras else ""
        return f"{self.name}{extras}{self.specifier}"


class Requirements(Struct, frozen=True):
    """All requirements that apply in an environment, and what could not be told."""

    required: tuple[Required, ...]
    undecided: tuple[str, ...] = ()
    """Requirements whose marker cannot be decided, since no Python is known exactly; with who states them."""
    unreadable: tuple[str, ...] = ()
    """Those that PEP 508 does not allow."""


def applying_requirements(environment: PythonEnvironment) -> Requirements:
    """The requirements of every package, and of every extra that one of them asks another for."""
    return _Reading(environment).all()


def specifier_set(text: str) -> SpecifierSet:
    """The specifiers of a text, as older installers read it too; InvalidSpecifier where nobody can."""
    try:
        return _specifier_set(text)
    except InvalidSpecifier:
        return _specifier_set(re.sub(_STARRED_BOUND, r"\1", text))


@cache
def _specifier_set(text: str) -> SpecifierSet:
    return SpecifierSet(text)


class _Reading:
    """One pass over an environment: packages first, then each extra when it is first asked for."""

    def __init__(self, environment: PythonEnvironment) -> None:
        self._environment = environment
        self._markers = None if environment.markers is None else {**environment.markers}
        self._is_exact = str((self._markers or {}).get("python_full_version", "")).count(".") >= 2
        self._verdicts: dict[tuple[str, str], bool | None] = {}
        self._undecided: dict[str, None] = {}
        self._unreadable: dict[str, None] = {}

    def all(self) -> Requirements:
        """All, in the order of the packages; those of an extra after the one that asks for it."""
        pending = deque((name, "", "") for name in self._environment.packages)
        asked = {(name, "") for name in self._environment.packages}
        found: list[Required] = []
        while pending:
            for required in self._of(*pending.popleft()):
                found.append(required)
                for one in required.extras:
                    if (required.name, one) not in asked:
                        asked.add((required.name, one))
                        pending.append(
                            (required.name, one, f"{required.label} by {required.component.label}")
                        )
        return Requirements(tuple(found), tuple(self._undecided), tuple(self._unreadable))

    def _of(self, name: str, extra: str, extra_asker: str) -> Iterator[Required]:
        for component in self._environment.packages.get(name, ()):
            for text in texts(component.facts, "requires"):
                parsed = None if _is_excluded(text, extra) else self._parsed(component, text, extra)
                if parsed is not None:
                    yield Required(name, component, extra, extra_asker, *parsed)

    def _parsed(self, component: Component, text: str, extra: str) -> tuple[str, tuple[str, ...], str] | None:
        try:
            name, extras, specifier, marker = _split(text)
            applies = not marker or self._holds(marker, extra)
        except (InvalidRequirement, InvalidMarker):
            self._unreadable[f"{component.label} requires {text}"] = None
            return None
        if applies is None:
            self._undecided[f"{component.label} requires {text}"] = None
        return (name, extras, specifier) if applies else None

    def _holds(self, marker: str, extra: str) -> bool | None:
        known = (marker, extra)
        if known not in self._verdicts:
            self._verdicts[known] = self._evaluated(marker, extra)
        return self._verdicts[known]

    def _evaluated(self, marker: str, extra: str) -> bool | None:
        if self._markers is None or (not self._is_exact and any(word in marker for word in _PATCH_LEVEL)):
            return None
        try:
            return Marker(marker).evaluate({**self._markers, "extra": extra})
        except (UndefinedComparison, UndefinedEnvironmentName, InvalidVersion):
            return None


def _is_excluded(text: str, extra: str) -> bool:
    """Whether a marker certainly excludes it, by its text: each alternative demands another extra.

    Markers know no negation, so one that has an unmet demand between any two ``or`` cannot hold. Of an extra,
    what does not speak of extras is left out too: that was read with the package itself.
    """
    if "extra" not in text.partition(";")[2]:
        return bool(extra)
    return all(_demands_another(part, extra) for part in text.split(" or "))


def _demands_another(part: str, extra: str) -> bool:
    demanded = _EXTRA.findall(part)
    return any(one != extra and normalized_python_name(one) != extra for one in demanded)


def _split(text: str) -> tuple[str, tuple[str, ...], str, str]:
    """Name, extras, specifier and marker; an address is left out, for no metadata tells what it holds."""
    head, _, marker = text.partition(";")
    name = _NAME.match(head)
    if name is not None and "@" not in head and name[0][0].isalnum() and name[0][-1].isalnum():
        extras, rest = _extras_and_rest(head[name.end() :].strip())
        if not rest or rest.startswith(_OPERATORS):
            return normalized_python_name(name[0]), _names(extras), rest.replace(" ", ""), marker.strip()
    # Rarer forms, and what is none: packaging reads it, or says that it cannot be read.
    read = Requirement(text)
    marker = str(read.marker) if read.marker else ""
    return normalized_python_name(read.name), _names(",".join(read.extras)), str(read.specifier), marker


def _extras_and_rest(text: str) -> tuple[str, str]:
    """``standard`` and ``>=0.12`` of ``[standard] (>=0.12)``."""
    extras, rest = "", text
    if text.startswith("[") and "]" in text:
        extras, _, rest = text[1:].partition("]")
        rest = rest.strip()
    return extras, rest[1:-1].strip() if rest.startswith("(") and rest.endswith(")") else rest


def _names(extras: str) -> tuple[str, ...]:
    if not extras:
        return ()
    return tuple(sorted({normalized_python_name(one.strip()) for one in extras.split(",") if one.strip()}))
