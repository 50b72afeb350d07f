"""Whether one requirement of a package is met by what is installed, and how grave it is if not."""

import sys
from collections.abc import Sequence

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier
from packaging.version import Version

from samestack.check.applying_requirements import Required, specifier_set
from samestack.check.finding import Severity
from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment, version_of
from samestack.model import Component, Ecosystem


class Verdict(Struct, frozen=True, kw_only=True):
    """How one requirement is not met."""

    severity: Severity
    problem: str
    """The end of the sentence ``pandas 2.1.4 requires numpy<2, ...``."""
    facts: tuple[str, ...]
    remedy: str = ""
    """Where what is required need not, or must not, be installed; otherwise installing it is the remedy."""
    source: str = ""


class Unknown(Struct, frozen=True):
    """Why it cannot be told whether a requirement is met."""

    is_readable: bool
    """Whether the requirement is; otherwise the installed version is not."""


def verdict_on(environment: PythonEnvironment, required: Required) -> Verdict | Unknown | None:
    """``None`` for a requirement that is met: by any of the metadata directories, where they are doubled."""
    installed = environment.packages.get(required.name, ())
    try:
        if not installed:
            specifier_set(required.specifier)  # of what nobody can read, the name may be misread too
            return _of_missing(environment, required)
        return _of_installed(environment, required, installed)
    except InvalidSpecifier:
        return Unknown(is_readable=False)


def _of_installed(
    environment: PythonEnvironment, required: Required, installed: Sequence[Component]
) -> Verdict | Unknown | None:
    if not required.specifier:
        return None
    versions = [version_of(one) for one in installed]
    if any(version is not None and _is_fit(required, version) for version in versions):
        return None
    if None in versions:
        return Unknown(is_readable=True)
    # Who packages both decides what goes together; what pip put over conda's package is none of theirs.
    is_apart = all(map(environment.is_repackaged, (required.component, *installed)))
    return Verdict(
        severity=Severity.NOTE if is_apart else Severity.ERROR,
        problem=f"and {installed[0].label} is installed",
        facts=tuple(f"installed: {one.label}" for one in installed),
        remedy=_OF_PACKAGERS if is_apart else "",
    )


_OF_PACKAGERS = "update what was packaged, with the tool that installed it, if something misses it"


def _is_fit(required: Required, version: Version) -> bool:
    return specifier_set(required.specifier).contains(version, prereleases=True)


def _of_missing(environment: PythonEnvironment, required: Required) -> Verdict | None:
    """What is absent by its name may be there in another way: a module of conda, of Python, of a twin."""
    if _is_in_conda(environment, required.name):
        return None
    facts = (f"not installed: {required.name}",)
    absent = f"and no {required.name} is installed"
    if harmless := _harmless(required.name):
        return Verdict(
            severity=Severity.NOTE, problem=f"{absent}: {harmless}", facts=facts, remedy="leave it as it is"
        )
    twin = _of_twin(environment, required)
    if twin is not None:
        return twin
    if environment.is_repackaged(required.component):
        return Verdict(severity=Severity.NOTE, problem=absent, facts=facts, remedy=_OF_PACKAGERS)
    return Verdict(severity=Severity.ERROR, problem=absent, facts=facts)


def _is_in_conda(environment: PythonEnvironment, name: str) -> bool:
    """Conda cuts packages otherwise and names them otherwise: who has the module has the package."""
    module = name.replace("-", "_")
    return any(
        one.ecosystem is Ecosystem.CONDA and module in texts(one.facts, "modules")
        for _, one in environment.each()
    )


def _harmless(name: str) -> str:
    """Why nothing misses a distribution when the program runs; empty where something may."""
    if name.replace("-", "_") in sys.stdlib_module_names:
        return "Python's own library has the module that it once brought"
    if name.startswith("types-") or name.endswith("-stubs"):
        return "only type checkers read it"
    return ""


def _of_twin(environment: PythonEnvironment, required: Required) -> Verdict | None:
    """Where the same modules are there under another name, as opencv-python-headless for opencv-python."""
    # Few environments lack anything: the table costs nothing where none does.
    from samestack.knowledge.same_modules import family_of

    family = family_of(required.name)
    twins = [one for name in family.names if (one := environment.package(name))] if family else []
    if family is None or not twins:
        return None
    version = version_of(twins[0])
    is_fit = not required.specifier or (version is not None and _is_fit(required, version))
    wanted = f"{twins[0].name}{required.specifier}"
    return Verdict(
        severity=Severity.NOTE if is_fit else Severity.ERROR,
        problem=f"and {twins[0].label} is installed, which has the same modules under another name",
        facts=(f"not installed: {required.name}", f"installed: {twins[0].label}"),
        remedy="leave it as it is: both together would overwrite each other"
        if is_fit
        else f"install {wanted}",
        source=family.source,
    )
