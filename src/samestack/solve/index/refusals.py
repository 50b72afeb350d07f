"""Why none of a release's files can be used at the target: its Python, or its platform."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from samestack.solve.index.pages import IndexFile
from samestack.solve.metadata import Refusal

_LOWER: Final = {">=", ">", "~=", "==", "==="}


class Offer(Struct, frozen=True, kw_only=True):
    """What the target is, as far as it decides which files it takes."""

    python: str
    """The full version."""
    named_python: str
    """As the target names it, a series or a full version."""
    tags: frozenset[Tag] | None
    """``None`` where they are not known: then every platform counts as the right one."""
    glibc: str
    platform: str


def refusal(files: Sequence[IndexFile], offer: Offer) -> Refusal | None:
    """What the files of a release ask for that the target is not; ``None`` where one of them will do."""
    for_python = [one for one in files if not is_too_old(offer.python, one.requires_python)]
    if not for_python:
        why = f"Python {_spoken(files[0].requires_python)}"
        return Refusal(layer="python", why=why, offered=f"Python {offer.named_python}")
    if offer.tags is None or any(is_accepted(one, offer.tags) for one in for_python):
        return None
    return _of_tags(frozenset(tag for one in for_python for tag in tags_of(one)), offer, offer.tags)


def is_for_python(file: IndexFile, python: str) -> bool:
    """Whether its ``Requires-Python`` allows this one; what is not understood allows it."""
    try:
        return SpecifierSet(file.requires_python).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


def is_too_old(python: str, requires_python: str) -> bool:
    """Whether a Python is older than the oldest that is asked for: upper bounds do not hinder uv."""
    try:
        clauses = SpecifierSet(requires_python)
        bounds = [Version(one.version.removesuffix(".*")) for one in clauses if one.operator in _LOWER]
        return any(Version(python) < bound for bound in bounds)
    except (InvalidSpecifier, InvalidVersion):
        return False


def is_accepted(file: IndexFile, accepted: frozenset[Tag]) -> bool:
    """Whether a file is a wheel of an accepted tag, or no wheel: then it is built wherever it is."""
    return not file.name.endswith(".whl") or not accepted.isdisjoint(tags_of(file))


def tags_of(file: IndexFile) -> frozenset[Tag]:
    """The tags of a wheel; none for what is not named like one."""
    try:
        return parse_wheel_filename(file.name)[3]
    except InvalidWheelFilename:
        return frozenset()


def _of_tags(tags: frozenset[Tag], offer: Offer, accepted: frozenset[Tag]) -> Refusal:
    pythons = {(tag.interpreter, tag.abi) for tag in accepted}
    of_python = {tag.platform for tag in tags if (tag.interpreter, tag.abi) in pythons}
    if not of_python:
        why = f"Python {_listed(_series_of(tags))}"
        return Refusal(layer="python", why=why, offered=f"Python {offer.named_python}")
    lacking = _glibc_lacking(of_python, accepted)
    if lacking:
        return Refusal(
            layer="os", why=f"glibc {lacking}", offered=f"glibc {offer.glibc}" if offer.glibc else ""
        )
    why = f"platform {_listed(sorted(of_python))}"
    return Refusal(layer="os", why=why, offered=f"platform {offer.platform}")


def _glibc_lacking(platforms: Iterable[str], accepted: frozenset[Tag]) -> str:
    """The least glibc that would do, where the target lacks only that."""
    machines = {_machine(tag.platform) for tag in accepted if tag.platform.startswith("manylinux")}
    needed = [_glibc(one) for one in platforms if one.startswith("manylinux_") and _machine(one) in machines]
    return ".".join(map(str, min(needed))) if needed else ""


def _machine(platform: str) -> str:
    return platform.split("_", 3)[3] if platform.count("_") >= 3 else platform.partition("_")[2]


def _glibc(platform: str) -> tuple[int, int]:
    _, major, minor, *_ = platform.split("_")
    return int(major), int(minor)


def _series_of(offered: frozenset[Tag]) -> list[str]:
    numbers = {tag.interpreter[2:] for tag in offered}
    pairs = sorted((int(one[0]), int(one[1:] or 0), one) for one in numbers if one.isdecimal())
    return [f"{major}.{minor}" if len(text) > 1 else str(major) for major, minor, text in pairs]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else "unknown"


def _spoken(specifier: str) -> str:
    return ",".join(sorted(specifier.replace(" ", "").split(","), reverse=True))
