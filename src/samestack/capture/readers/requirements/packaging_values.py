"""Names, versions, specifiers and markers that strangers wrote, in the canonical form of their standard.

Every function here raises ``ValueError``, with a message of one line, on what its standard does not allow.
:func:`placed` turns that into an :class:`InputError` that names the file and the place.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.text import shown_text
from samestack.errors import InputError

MAX_TEXT: Final = 64 * 1024
"""The longest text that is parsed. The longest real one seen, a marker for many extras, has 3 kB."""

_HASH = re.compile(r"[a-z][a-z0-9_]{1,15}:[0-9a-f]{16,128}")


@contextmanager
def placed(file: str, place: str) -> Iterator[None]:
    """Say of a ``ValueError`` raised inside where it was met."""
    try:
        yield
    except ValueError as error:
        raise InputError(file, one_line(error), place=shown(place)) from None


@contextmanager
def leading_to(file: str) -> Iterator[None]:
    """Say of an :class:`InputError` about another file that it was ``file`` which led there."""
    try:
        yield
    except InputError as error:
        if error.file == file:
            raise
        raise InputError(file, f"leads to {error.message}", hint=error.hint) from None


def shown(text: str) -> str:
    """A text fit to be kept and shown: one line, not long, no credentials."""
    return shown_text(without_credentials(text))


def one_line(error: Exception) -> str:
    """The first line of what an error says, fit to be shown."""
    said = str(error).strip() or type(error).__name__
    return shown(said.splitlines()[0])


def package_name(text: str) -> str:
    """A distribution's normalised name."""
    with _reading("a package's name", text):
        return canonicalize_name(text, validate=True)


def version_text(text: str) -> str:
    """A version in its normal form."""
    with _reading("a version", text):
        return str(Version(text))


def specifier_set(text: str) -> SpecifierSet:
    """Version specifiers; none at all, or a lone ``*``, allow any version."""
    with _reading("a version specifier", text):
        return _checked(SpecifierSet("" if text.strip() == "*" else text))


def marker_text(text: str | None) -> str | None:
    """An environment marker in canonical form; ``None`` for none."""
    if text is None or not text.strip():
        return None
    with _reading("an environment marker", text):
        return without_credentials(str(Marker(text)))


def hash_texts(texts: Iterable[str]) -> tuple[str, ...]:
    """Hashes of files (``sha256:`` and digits), each once and sorted."""
    hashes = sorted({text.strip().lower() for text in texts})
    if not all(map(_HASH.fullmatch, hashes)):
        raise ValueError("not a hash: it is written as the algorithm, a colon and hexadecimal digits")
    return tuple(hashes)


def requirement_of(text: str) -> Requirement:
    """A dependency specifier: a name with extras, versions or an address, and a marker."""
    with _reading("a requirement", text):
        requirement = Requirement(text)
        _checked(requirement.specifier)
        return requirement


def all_of(*markers: str | None) -> str | None:
    """The marker that holds where all of these do; ``None`` when there are none."""
    return marker_text(" and ".join(f"({marker})" for marker in markers if marker))


def any_of(markers: Iterable[str]) -> str | None:
    """The marker that holds where any of these does; ``None`` when there are none."""
    return marker_text(" or ".join(f"({marker})" for marker in markers))


def pinned_version(specifiers: SpecifierSet) -> str | None:
    """The one version that specifiers leave: one is ``==`` without a wildcard, and no other objects to it."""
    pins = {
        Version(one.version) for one in specifiers if one.operator == "==" and not one.version.endswith(".*")
    }
    if len(pins) != 1:
        return None
    version = pins.pop()
    return str(version) if specifiers.contains(version, prereleases=True) else None


def _checked(specifiers: SpecifierSet) -> SpecifierSet:
    """The same; ``ValueError`` for versions that would fail only when they are compared."""
    for specifier in specifiers:
        if specifier.operator != "===":
            Version(specifier.version.removesuffix(".*"))
    return specifiers


@contextmanager
def _reading(kind: str, text: str) -> Iterator[None]:
    if len(text) > MAX_TEXT:
        raise ValueError(f"{kind} of {len(text)} characters is over the limit of {MAX_TEXT}")
    try:
        yield
    except RecursionError:
        raise ValueError(f"{kind} is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"not {kind}: {one_line(error)}") from None
