"""What the values of a manifest may be, beyond their types."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError
from samestack.project.manifest import PLATFORMS, Constraint, Manifest

AUTO: Final = "auto"
"""The day that the pins of the project tell."""

_PYTHON: Final = re.compile(r"[23]\.\d{1,3}(\.\d{1,3})?", re.ASCII)
_VERSION: Final = re.compile(r"\d{1,6}(\.\d{1,6}){0,4}", re.ASCII)
_SYSTEM_PACKAGE: Final = re.compile(r"[a-z0-9][a-z0-9+.-]+", re.ASCII)


class _Wrong(Struct, frozen=True):
    """A key whose value cannot be meant, why, and what to write."""

    key: str
    message: str
    hint: str


def check_values(manifest: Manifest, place: str, file: str) -> None:
    """:class:`InputError` for the first value that cannot be meant; ``place`` is that of the table."""
    for check in _CHECKS:
        for wrong in check(manifest):
            raise InputError(file, wrong.message, place=f"{place}.{wrong.key}", hint=wrong.hint)


def is_python(text: str) -> bool:
    """Whether a text is a series of Python (``3.9``) or a release (``3.9.18``)."""
    return _PYTHON.fullmatch(text) is not None


def is_plain_version(text: str) -> bool:
    """Whether a text is numbers with points between them, as the needs of a host are said."""
    return _VERSION.fullmatch(text) is not None


def _python(manifest: Manifest) -> Iterator[_Wrong]:
    if manifest.python and not is_python(manifest.python):
        hint = 'write a series ("3.9") or a release ("3.9.18"); a range belongs into requires-python'
        yield _Wrong("python", f"'{manifest.python}' is no version of Python", hint)


def _platforms(manifest: Manifest) -> Iterator[_Wrong]:
    for index, platform in enumerate(manifest.platforms):
        if platform not in PLATFORMS:
            hint = did_you_mean(platform, PLATFORMS)
            yield _Wrong(f"platforms[{index}]", f"there is no platform '{platform}'", hint)


def _environment(manifest: Manifest) -> Iterator[_Wrong]:
    path = PurePosixPath(manifest.environment)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in manifest.environment:
        hint = 'name a directory that only the environment is in, as ".venv"'
        yield _Wrong("environment", f"'{manifest.environment}' is no path inside the project", hint)


def _names(manifest: Manifest) -> Iterator[_Wrong]:
    for key, texts in (("extras", manifest.extras), ("groups", manifest.groups)):
        for index, text in enumerate(texts):
            if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", text):
                hint = "name one that the pyproject.toml declares"
                yield _Wrong(f"{key}[{index}]", f"'{text}' is no name", hint)


def _channels(manifest: Manifest) -> Iterator[_Wrong]:
    for index, channel in enumerate(manifest.channels):
        if not channel.strip():
            yield _Wrong(f"channels[{index}]", "the channel is empty", 'write its name, as "conda-forge"')


def _system_packages(manifest: Manifest) -> Iterator[_Wrong]:
    """What is no name could do anything in the command line that installs the packages."""
    for index, package in enumerate(manifest.system_packages):
        if not _SYSTEM_PACKAGE.fullmatch(package):
            hint = 'write it as its distribution does, without a version: "libgl1"'
            yield _Wrong(f"system-packages[{index}]", f"'{package}' is no name of a package", hint)


def _as_of(manifest: Manifest) -> Iterator[_Wrong]:
    if manifest.as_of in {"", AUTO}:
        return
    try:
        date.fromisoformat(manifest.as_of)
    except ValueError:
        yield _Wrong("as-of", f"'{manifest.as_of}' is no day", 'write "2022-03-01", or "auto"')


def _host(manifest: Manifest) -> Iterator[_Wrong]:
    host = manifest.host
    for key, version in (("driver", host.driver), ("cuda", host.cuda), ("glibc", host.glibc)):
        if version and not is_plain_version(version):
            hint = 'write the lowest that will do, as "2.31"'
            yield _Wrong(f"host.{key}", f"'{version}' is no plain version", hint)


def _constraints(manifest: Manifest) -> Iterator[_Wrong]:
    for index, constraint in enumerate(manifest.constraints):
        place = f"constraints[{index}]"
        if message := _not_a_constraint(constraint):
            yield _Wrong(f"{place}.requirement", message, 'write it like "numpy<2"')
        if not constraint.reason.strip():
            yield _Wrong(f"{place}.reason", "the reason is empty", "say in a sentence when it can go")


def _not_a_constraint(constraint: Constraint) -> str:
    """Why it is none; empty for one that is."""
    from samestack.capture.readers.requirements.packaging_values import one_line, requirement_of

    try:
        requirement = requirement_of(constraint.requirement)
    except ValueError as error:
        return one_line(error)
    if requirement.url or requirement.extras:
        return "a constraint names a package and its versions, no extras and no address"
    return "" if requirement.specifier else "it allows any version"


_CHECKS: Final[tuple[Callable[[Manifest], Iterator[_Wrong]], ...]] = (
    _python,
    _platforms,
    _environment,
    _names,
    _channels,
    _system_packages,
    _as_of,
    _host,
    _constraints,
)
