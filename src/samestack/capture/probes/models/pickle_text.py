"""What a pickle names, read as the list of instructions that it is: nothing of it is carried out.

A pickle is a program for a small machine. Loading it runs that program, which may call anything; here its
instructions are only listed (:func:`pickletools.genops`), and the names in them collected.
"""

import pickletools
import re
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from msgspec import Struct

MAX_INSTRUCTIONS: Final = 2_000_000
"""How many instructions are looked at. A forest of 100 trees has 5,000, a state of 1,000 tensors 60,000."""

MAX_CLASSES: Final = 256
"""How many different names are kept."""

_ESTIMATOR_VERSION = re.compile(rb"_sklearn_version(?:q.|r.{4}|\x94)?(?:X(.)\0\0\0|\x8c(.))", re.DOTALL)
_VERSION = re.compile(rb"\d{1,4}(?:\.\w{1,12}){1,4}")
_NAMED_CLASS = re.compile(
    rb"\x8c.([A-Za-z_][\w.]{0,127})\x94?\x8c.([A-Za-z_]\w{0,127})\x94?\x93"  # STACK_GLOBAL of two texts
    rb"|c((?:[A-Za-z_]\w{0,63}\.){1,8}\w{1,64})\n([A-Za-z_]\w{0,127})\n",  # GLOBAL
    re.DOTALL,
)
_RAW_ARRAY: Final = "joblib.numpy_pickle.NumpyArrayWrapper"
_NAME = re.compile(r"[A-Za-z_]\w{0,127}(?:\.[A-Za-z_]\w{0,127}){0,15}")


class PickleText(Struct, frozen=True, kw_only=True):
    """What was found in a pickle, or in several that follow each other."""

    protocol: int = 0
    """The highest protocol that it states; 0 where it states none."""
    classes: tuple[str, ...] = ()
    """The classes and functions that loading it would import, sorted: ``sklearn.svm._classes.SVC``."""
    is_whole: bool = False
    """Whether it was followed to its end: raw arrays in it, or a malformed place, end the reading."""


def read_pickle(file: BinaryIO) -> PickleText:
    """The names in the pickles that a file begins with."""
    reading = _Reading()
    try:
        # Texts of old protocols may hold escapes that Python warns of: whoever reads a file did not write it.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            reading.is_whole = _is_followed(file, reading)
    except (
        ValueError,
        OverflowError,
        MemoryError,
        RecursionError,
    ):  # what genops raises on what is no pickle
        pass
    return PickleText(
        protocol=reading.protocol, classes=tuple(sorted(reading.classes)), is_whole=reading.is_whole
    )


def _is_followed(file: BinaryIO, reading: "_Reading") -> bool:
    """Follow the pickles of a file, one after the other; whether all of them came to their end."""
    while file.read(1):
        file.seek(-1, 1)
        if not reading.follow(pickletools.genops(file)):
            return False
    return reading.instructions > 0


def estimator_versions(content: bytes) -> tuple[str, ...]:
    """The versions of scikit-learn that its estimators note in their state, wherever that stands."""
    found = set()
    for match in _ESTIMATOR_VERSION.finditer(content):
        size = (match[1] or match[2])[0]
        version = content[match.end() : match.end() + size]
        if _VERSION.fullmatch(version):
            found.add(version.decode("ascii"))
    return tuple(sorted(found))


def named_classes(content: bytes) -> tuple[str, ...]:
    """The classes that a pickle names, found as texts: for one that raw arrays make unreadable in between."""
    pairs = ((match[1] or match[3], match[2] or match[4]) for match in _NAMED_CLASS.finditer(content))
    names = {b".".join(pair).decode("ascii", "replace") for pair in pairs}
    return tuple(sorted(name for name in names if _NAME.fullmatch(name))[:MAX_CLASSES])


class _Reading:
    """Follows instructions, remembering the texts that a name may be put together from."""

    def __init__(self) -> None:
        self.protocol = 0
        self.classes: set[str] = set()
        self.instructions = 0
        self.is_whole = False
        self._texts: list[str] = []
        self._memory: dict[int, str] = {}

    def follow(self, instructions: Iterator[tuple[pickletools.OpcodeInfo, Any, int | None]]) -> bool:
        """Follow one pickle; whether it came to its end."""
        self._texts, self._memory = [], {}
        for code, argument, _ in instructions:
            self.instructions += 1
            if self.instructions > MAX_INSTRUCTIONS:
                return False
            self._step(code.name, argument)
            if code.name == "BUILD" and _RAW_ARRAY in self.classes:
                return False  # here joblib writes the array itself, which is no instruction
        return True

    def _step(self, name: str, argument: Any) -> None:  # noqa: ANN401 - an instruction's argument is anything
        if isinstance(argument, str) and name.endswith("UNICODE"):
            self._texts.append(argument)
        elif name == "MEMOIZE":
            self._remember(len(self._memory))
        elif name.endswith("PUT"):
            self._remember(argument)
        elif name.endswith("GET"):
            self._texts.append(self._memory.get(argument, ""))
        elif name == "GLOBAL":
            self._name(str(argument).replace(" ", "."))
        elif name == "STACK_GLOBAL":
            self._name(".".join(self._texts[-2:]))
        elif name == "PROTO":
            self.protocol = max(self.protocol, argument)
        del self._texts[:-8]

    def _remember(self, place: int) -> None:
        self._memory[place] = self._texts[-1] if self._texts else ""

    def _name(self, name: str) -> None:
        if _NAME.fullmatch(name) and len(self.classes) < MAX_CLASSES:
            self.classes.add(name)
        self._texts.append("")  # what is on top now is an object
