"""Conda's version specifications in the words of dependency specifiers, as a person would write them."""

import re
from typing import Final

from samestack.compare.conda_specifications import as_specifier

# PEP 440 has to write conda's "<2" as "<=2,!=2" to be exact about pre-releases. Nobody means these.
_BOUND: Final = re.compile(r"([<>])=([\d.]+),!=\2(?=,|$)")


def written_specifier(version: str) -> str | None:
    """The specification, ``>=1.20,<2``; ``None`` where PEP 440 cannot say it."""
    specifier = as_specifier(version)
    return None if specifier is None else _BOUND.sub(r"\1\2", specifier)
