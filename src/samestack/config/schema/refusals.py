"""Why a class could not be read, in the words of the user."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.check.suggestion import did_you_mean


class Refusal(Struct, frozen=True):
    """What the process says that was to read a class; see ``class_reader/refusal.py``."""

    kind: str
    name: str = ""
    """Of the module, the class, the field or the exception that it is about."""
    place: str = ""
    near: tuple[str, ...] = ()
    """Names that could have been meant."""


class Reading(Struct, frozen=True):
    """A class that was to be read, and by which interpreter."""

    name: str
    python: Path

    @property
    def module(self) -> str:
        """``package.module``."""
        return self.name.partition(":")[0]

    @property
    def trial(self) -> str:
        """What shows to its author what samestack does not pass on."""
        return f'try: {self.python} -c "import {self.module}"'


def words_of(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    """What is wrong with the class, and what to do."""
    return _WORDS.get(refusal.kind, _failed)(refusal, reading)


def _no_module(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    if f"{reading.module}.".startswith(f"{refusal.name}."):
        place = reading.python.parent.parent
        hint = 'write "package.module:Class" as a program of the project would import it'
        return f"there is no module '{refusal.name}' in the project or in {place}", hint
    message = f"importing {reading.module} takes '{refusal.name}', which its environment has not"
    return message, "add it to the project's requirements, and: samestack sync"


def _no_class(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    near = did_you_mean(refusal.name, refusal.near) if refusal.near else "it defines no class at all"
    return f"{reading.module} has no class '{refusal.name}'", near


def _no_pydantic_class(refusal: Refusal, reading: Reading) -> tuple[str, str]:  # noqa: ARG001
    return f"'{reading.name}' is no class of pydantic's", "name a BaseModel, or a BaseSettings"


def _case(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    message = f"{reading.name} is case-sensitive, and reads '{refusal.name}' by no name in capitals"
    return message, "remove case_sensitive, or give the field an alias in capitals"


def _no_name(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    message = f"no variable can be called like the field '{refusal.name}' of {reading.name}"
    return message, "give it an alias of letters, digits and _"


def _failed(refusal: Refusal, reading: Reading) -> tuple[str, str]:
    where = f" at {refusal.place}" if refusal.place else ""
    return f"reading {reading.name} failed with {refusal.name}{where}", reading.trial


_WORDS: Final[Mapping[str, Callable[[Refusal, Reading], tuple[str, str]]]] = {
    "no-module": _no_module,
    "no-class": _no_class,
    "no-pydantic-class": _no_pydantic_class,
    "case": _case,
    "no-name": _no_name,
}
