"""Rule ``requires-python``: packages that are not for the Python that they are installed for."""

from collections.abc import Iterator

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from samestack.check.applying_requirements import specifier_set
from samestack.check.commands import pip_install
from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.check.unread import not_deep
from samestack.model import Component, Layer

_SOURCE = "https://packaging.python.org/en/latest/specifications/core-metadata/#requires-python"
_LOWER_BOUNDS = (">=", ">")
# Of a series alone, any of its releases may be meant.
_FIRST_PATCH, _LAST_PATCH = 0, 999


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold every package's ``Requires-Python`` (fact ``requires_python``) against the interpreter."""
    yield from not_deep(RULE.id, subject, "which Python the packages are for")
    for environment in subject.pythons:
        packages = [(name, one) for name, one in environment.each() if _stated(one)]
        versions = _possible_versions(environment)
        if versions:
            for name, package in packages:
                yield from _of_package(environment, name, package, versions)
        elif packages:
            yield _of_unknown(environment, len(packages))


def _possible_versions(environment: PythonEnvironment) -> tuple[Version, ...]:
    """The interpreter's version as installers compare it, without what makes it a pre-release."""
    version = environment.python_version
    if version is None:
        return ()
    if len(version.release) > 2:
        return (Version(version.base_version),)
    return tuple(Version(f"{version.base_version}.{patch}") for patch in (_FIRST_PATCH, _LAST_PATCH))


def _of_package(
    environment: PythonEnvironment, name: str, package: Component, versions: tuple[Version, ...]
) -> Iterator[Finding]:
    stated = _stated(package)
    try:
        wanted = specifier_set(stated)
    except InvalidSpecifier:
        return  # installers let it pass too
    if any(wanted.contains(version) for version in versions):
        return
    python = environment.interpreter.version if environment.interpreter else ""
    yield Finding(
        rule=RULE.id,
        severity=_severity(environment, package, wanted, versions[-1]),
        layer=Layer.PACKAGES,
        subject=name,
        at=environment.at,
        message=f"{package.label} is for Python {stated}, and is installed for Python {python}",
        evidence=(f"Requires-Python of {package.label}: {stated}", f"the interpreter: Python {python}"),
        remedy=f"install a version of {name} that is for Python {python}, or use a Python {stated}",
        command=""
        if environment.is_repackaged(package)
        else pip_install(name, "--upgrade", "--force-reinstall"),
        sources=(_SOURCE,),
    )


def _severity(
    environment: PythonEnvironment, package: Component, wanted: SpecifierSet, version: Version
) -> Severity:
    """Too old a Python lacks what the code uses; on one that is newer than was tried, it may work."""
    if environment.is_repackaged(package):
        return Severity.NOTE
    return Severity.ERROR if any(_is_too_old(version, one) for one in wanted) else Severity.WARNING


def _is_too_old(version: Version, specifier: Specifier) -> bool:
    if specifier.contains(version):
        return False
    try:
        return specifier.operator in _LOWER_BOUNDS or version < Version(specifier.version.removesuffix(".*"))
    except InvalidVersion:
        return False


def _stated(package: Component) -> str:
    return str(package.facts.get("requires_python", ""))


def _of_unknown(environment: PythonEnvironment, packages: int) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.PYTHON,
        subject="python",
        at=environment.at,
        message=f"whether {packages} packages are for this Python is not known: its version is not",
        evidence=("no interpreter with a version that can be read",),
        remedy="examine the environment with the Python that it belongs to",
    )


RULE = Rule(
    id="requires-python",
    summary="A package says that it is not for the Python that it is installed for.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
