"""Poetry's own version constraints (``^1.2``, ``~1.2``, ``1.*``, ``a || b``) as PEP 440 writes them."""

import re
from typing import Final

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from samestack.capture.readers.requirements.packaging_values import any_of, specifier_set

MAX_CHARACTERS: Final = 1000
"""The longest constraint that is read. The longest real one seen, a list of excluded versions, has 120."""

_ALTERNATIVES = re.compile(r"\s*\|\|?\s*")
# A space or a comma separates two constraints where it follows no operator.
_BOTH = re.compile(r"(?<![\^~=><!,\s])\s*[,\s]\s*(?=[\^~=><!\w*])")
_CONSTRAINT = re.compile(
    r"(?P<operator>\^|~=|~|==|=|!=|>=|>|<=|<)?\s*v?(?P<version>[\w.!+*-]+)", re.IGNORECASE
)
_WILDCARDS = re.compile(r"(?P<release>[^*]*?)\.?[x*](\.[x*])*", re.IGNORECASE)
_PLATFORM = re.compile(r"(?P<operator>!=|==|=)?\s*(?P<name>\w+)")
_ANY: Final = SpecifierSet()


def alternatives(constraint: str) -> tuple[SpecifierSet, ...]:
    """The specifiers of which one has to hold; ``ValueError`` for what is no constraint of Poetry's."""
    if len(constraint) > MAX_CHARACTERS:
        raise ValueError(
            f"a constraint of {len(constraint)} characters is over the limit of {MAX_CHARACTERS}"
        )
    return tuple(_alternative(text) for text in _ALTERNATIVES.split(constraint.strip()))


def specifiers_of(constraint: str) -> SpecifierSet | None:
    """The constraint as specifiers; ``None`` for alternatives, which they cannot say."""
    sets = alternatives(constraint)
    if _ANY in sets:
        return _ANY
    return sets[0] if len(set(sets)) == 1 else None


def python_marker(constraint: str) -> str | None:
    """The marker that holds for the Pythons that a constraint allows; ``None`` when it allows any."""
    sets = alternatives(constraint)
    if _ANY in sets:
        return None
    return any_of(" and ".join(f"python_full_version {_quoted(str(one))}" for one in each) for each in sets)


def platform_marker(constraint: str) -> str | None:
    """The marker that holds on the platforms (``linux``, ``!=win32``, ``linux || darwin``) that are named."""
    if constraint.strip() == "*":
        return None
    names = (
        [_platform(name) for name in each.split(",")] for each in _ALTERNATIVES.split(constraint.strip())
    )
    return any_of(" and ".join(each) for each in names)


def _quoted(specifier: str) -> str:
    operator = re.match(r"[=!<>~]+", specifier)
    length = operator.end() if operator else 0
    return f"{specifier[:length]} '{specifier[length:]}'"


def _alternative(text: str) -> SpecifierSet:
    parts = _BOTH.split(text.strip().rstrip(",").rstrip())
    return specifier_set(",".join(clause for part in parts for clause in _clauses(part)))


def _clauses(text: str) -> list[str]:
    """One constraint as specifiers: one or two, or none where it allows any version."""
    match = _CONSTRAINT.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a version constraint of Poetry's")
    operator, version = match["operator"] or "==", match["version"]
    wildcards = _WILDCARDS.fullmatch(version)
    if wildcards is not None:
        return _of_wildcards(operator, wildcards["release"])
    low = Version(version)
    if operator in {"^", "~"} or (operator == "~=" and len(low.release) == 1):
        high = _next_breaking(low) if operator == "^" else _next_minor(low)
        return [f">={low}", f"<{high}"]
    return [f"{'==' if operator == '=' else operator}{version}"]


def _of_wildcards(operator: str, release: str) -> list[str]:
    if not release:
        return []
    if operator in {"==", "=", "!="}:
        return [f"{'!=' if operator == '!=' else '=='}{release}.*"]
    return _clauses(f"{operator}{release}")


def _next_breaking(version: Version) -> str:
    """The first version that may break what worked: that in which the first number that is not 0 grows."""
    numbers = version.release[:3]
    first = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    return _grown(version, first)


def _next_minor(version: Version) -> str:
    return _grown(version, min(1, len(version.release) - 1))


def _grown(version: Version, index: int) -> str:
    numbers = (*version.release[:index], version.release[index] + 1)
    epoch = f"{version.epoch}!" if version.epoch else ""
    return epoch + ".".join(map(str, numbers))


def _platform(text: str) -> str:
    match = _PLATFORM.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a platform: it is written like linux or !=win32")
    return f"sys_platform {'!=' if match['operator'] == '!=' else '=='} '{match['name']}'"
