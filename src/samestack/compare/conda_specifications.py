"""Conda's match specifications: taken apart, and said in PEP 440's words where those mean the same."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

MAX_CHARACTERS: Final = 4096
"""The longest specification that is read. Real ones have some dozens."""

_SPECIFICATION = re.compile(r"(?P<head>[^\[\]]*)(?:\[(?P<terms>.*)\])?")
_TERM = re.compile(
    r"""\s*(?P<key>\w+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^,'"]*))\s*"""
)
_NAMED = re.compile(r"(?P<name>[A-Za-z0-9_][\w.-]*)\s*(?P<rest>.*)", re.ASCII)
_PLATFORM = re.compile(r"/(?:noarch|(?:linux|osx|win|emscripten|wasi|freebsd|zos)-\w+)/?$")
_BUILD_AFTER_SIGN = re.compile(r"(?P<version>.*[^=<>!~,|( ])=(?P<build>[^=<>~,( ]+)")
_EXACT = re.compile(r"(?:==)?(?P<version>\d[\w.!+-]*|[A-Za-z_][\w.!+]*)", re.ASCII)
_PART = r"\(*(?:==|!=|~=|<=|>=|<|>|=)?[\w.*+!-]+\)*"
_VERSION = re.compile(rf"{_PART}(?:[,|]{_PART})*|\^[\w.*+!|()\[\]?\\-]*\$", re.ASCII)
_BUILD = re.compile(r"[\w.*+|^$-]+", re.ASCII)
# 18 digits hold any real version, a date and time too; more would be an attack on whoever compares them.
_CLAUSE = re.compile(
    r"(?P<operator>==|!=|~=|<=|>=|<|>|=)?(?P<release>\d{1,18}(?:\.\d{1,18})*)(?P<tail>\.\*)?", re.ASCII
)

# PEP 440's < and > pass over the pre- and post-releases of the version they name, conda's do not.
_FORMS: Final[Mapping[tuple[str, bool], str]] = {
    ("", False): "=={0}",
    ("", True): "=={0}.*",
    ("=", False): "=={0}.*",
    ("=", True): "=={0}.*",
    ("==", False): "=={0}",
    ("!=", False): "!={0}",
    ("!=", True): "!={0}.*",
    (">=", False): ">={0}",
    (">=", True): ">={0}",
    ("<=", False): "<={0}",
    ("<", False): "<={0},!={0}",
    (">", False): ">={0},!={0}",
    ("~=", False): "~={0}",
}


class MatchSpecification(Struct, frozen=True, kw_only=True):
    """What one line of conda wants: a name, and what it may be."""

    name: str
    channel: str | None = None
    """A channel's name or address, without its platform."""
    version: str | None = None
    """The version specification as it was written, with normalised spacing."""
    build: str | None = None
    """The build string, with ``*`` as a wildcard."""
    conditions: tuple[str, ...] = ()
    """Whatever else stands in brackets: ``build_number=2``."""

    @property
    def exact_version(self) -> str | None:
        """The one version that is wanted, where it is one."""
        match = _EXACT.fullmatch(self.version or "")
        return match["version"] if match else None

    @property
    def exact_build(self) -> str | None:
        """The one build that is wanted, where it is one."""
        return self.build if self.build and not re.search(r"[*|^$]", self.build) else None

    @property
    def is_exact(self) -> bool:
        """Whether one version is wanted and nothing else is left open but the build."""
        return bool(self.exact_version) and not self.conditions and self.build == self.exact_build

    @property
    def requirement(self) -> str | None:
        """All that is wanted of the named package, in conda's own syntax: ``>=1.2,<2 *cuda*``."""
        said = (self.version or ("*" if self.build else None), self.build)
        text = " ".join(part for part in said if part)
        conditions = ",".join(self.conditions)
        return f"{text or '*'}[{conditions}]" if conditions else text or None


def parse_match_specification(text: str) -> MatchSpecification:
    """Take apart ``channel::name version build``, in any of conda's spellings of it.

    ``ValueError`` says in a sentence what cannot be read, without repeating the text.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"it is longer than {MAX_CHARACTERS} characters")
    whole = _SPECIFICATION.fullmatch(text.split(" #", maxsplit=1)[0].strip())
    if whole is None:
        raise ValueError("its brackets do not match")
    terms = _terms(whole["terms"] or "")
    channel, _, said = whole["head"].rpartition("::")
    named = _NAMED.fullmatch(said.strip())
    if named is None:
        raise ValueError("it does not begin with a package's name")
    version, build = _version_and_build(named["rest"])
    version, build = _checked(terms.pop("version", version), terms.pop("build", build))
    return MatchSpecification(
        name=named["name"].lower(),
        channel=_PLATFORM.sub("", terms.pop("channel", channel.strip())) or None,
        version=version or None,
        build=None if build == "*" else build or None,
        conditions=tuple(f"{key}={value!r}" for key, value in sorted(terms.items())),
    )


def as_specifier(version: str) -> str | None:
    """A conda version specification as a PEP 440 specifier; ``None`` where PEP 440 cannot say it.

    The two are met by the same versions, but for two kinds: PEP 440 looks past a local part (``1.0+cu118``),
    which conda's versions do not have; and conda orders a suffix after fewer numbers than it is compared with
    by those numbers (``1.post1`` comes after ``1.0.1``).
    """
    if len(version) > MAX_CHARACTERS:
        return None
    text = normalized_spacing(version)
    if text == "*":
        return ""
    clauses = [_clause(part) for part in text.split(",")]
    return None if None in clauses else ",".join(clause for clause in clauses if clause)


def normalized_spacing(version: str) -> str:
    """The specification without spaces but the one before a build."""
    text = re.sub(r"\s*([,|()])\s*", r"\1", version.strip())
    return re.sub(r"\s+", " ", re.sub(r"([=<>!~])\s+", r"\1", text))


def _terms(inner: str) -> dict[str, str]:
    terms: dict[str, str] = {}
    position = 0
    while inner[position:].strip():
        match = _TERM.match(inner, position)
        if match is None or inner[match.end() : match.end() + 1] not in {"", ","}:
            raise ValueError("what stands in its brackets cannot be read")
        terms[match["key"]] = (match["double"] or match["single"] or match["bare"] or "").strip()
        position = match.end() + 1
    return terms


def _checked(version: str, build: str) -> tuple[str, str]:
    spaced = normalized_spacing(version)
    if spaced in {"=*", "==*"}:
        return "*", build
    if spaced and not _VERSION.fullmatch(spaced):
        raise ValueError("its version is no version specification")
    if build and not _BUILD.fullmatch(build):
        raise ValueError("its build is no build string")
    return spaced, build


def _version_and_build(rest: str) -> tuple[str, str]:
    text = normalized_spacing(rest)
    signed = _BUILD_AFTER_SIGN.fullmatch(text)
    version, build = (signed["version"], signed["build"]) if signed else text.partition(" ")[::2]
    if build and re.fullmatch(r"=[^=,|*]+", version):
        version = f"={version}"  # name=version=build names one version, name=version a series
    return version, build


def _clause(text: str) -> str | None:
    match = _CLAUSE.fullmatch(text)
    if match is None:
        return None
    operator, release = match["operator"] or "", match["release"]
    form = _FORMS.get((operator, match["tail"] is not None))
    is_sayable = form is not None and (operator != "~=" or "." in release)
    return form.format(release) if form is not None and is_sayable else None
