"""WHEEL: what kind of wheel a distribution was installed from (PyPA, "Binary distribution format")."""

import re
from functools import lru_cache
from itertools import product
from typing import Final

from msgspec import Struct

MAX_TAGS: Final = 1000
"""More tags than this are not believed. No real wheel states a tenth of it."""

_TAG = re.compile(r"[a-z0-9_.]+-[a-z0-9_.]+-[A-Za-z0-9_.]+", re.ASCII)


class WheelDescription(Struct, frozen=True, kw_only=True):
    """The tags, each written out and sorted, and whether all files go where pure Python goes."""

    tags: tuple[str, ...] = ()
    root_is_purelib: bool = True
    problem: str = ""
    """What is wrong with the file; what could be read stands beside it."""


@lru_cache(maxsize=512)  # of 200 distributions, 130 have a WHEEL that another one has too
def wheel_description(content: bytes) -> WheelDescription:
    """What WHEEL says; whatever is wrong with it, the rest of it counts."""
    lines = [line.partition(":") for line in content.decode("utf-8", "replace").splitlines() if line.strip()]
    stated = [value.strip() for name, _, value in lines if name.strip().lower() == "tag"]
    purelib = [value.strip().lower() for name, _, value in lines if name.strip().lower() == "root-is-purelib"]
    tags = frozenset(tag for text in stated for tag in _written_out(text))
    return WheelDescription(
        tags=tuple(sorted(tags)) if len(tags) <= MAX_TAGS else (),
        root_is_purelib=purelib != ["false"],
        problem=_problem(lines, stated, purelib, tags),
    )


def _problem(
    lines: list[tuple[str, str, str]], stated: list[str], purelib: list[str], tags: frozenset[str]
) -> str:
    if not all(separator for _, separator, _ in lines):
        return "it holds lines that are not fields"
    if not stated or not all(map(_written_out, stated)) or len(tags) > MAX_TAGS:
        return "it states no tags, or what are none"
    return "" if purelib in (["true"], ["false"]) else "it does not state Root-Is-Purelib"


def _written_out(tag: str) -> list[str]:
    """``py2.py3-none-any`` stands for two tags; what is no tag, or for too many, stands for none."""
    if not _TAG.fullmatch(tag):
        return []
    pythons, abis, platforms = (part.split(".") for part in tag.split("-"))
    if len(pythons) * len(abis) * len(platforms) > MAX_TAGS:
        return []
    return ["-".join(one) for one in product(pythons, abis, platforms)]
