"""Rule ``numpy-abi``: compiled modules beside a numpy that they cannot work with."""

from collections.abc import Iterator

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.presence import present
from samestack.check.python_environment import PythonEnvironment, version_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.knowledge.numpy_two import numpy_two
from samestack.model import Component, Ecosystem, Layer, Standing

_SOURCE = "https://numpy.org/doc/stable/dev/depending_on_numpy.html#numpy-2-abi-handling"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold what every package was compiled against (facts ``numpy_abi``, ``numpy_lowest``) against numpy.

    Where no binary was read, as of a lock, a table tells which releases were compiled against numpy 1.
    """
    for environment in subject.pythons:
        numpy = present(environment, "numpy")
        installed = None if numpy is None else version_of(numpy)
        if installed is None:
            continue
        if subject.is_deep and subject.snapshot.origin.standing is Standing.OBSERVED:
            for name, package in environment.each():
                yield from _of_read(environment, name, package, installed)
        elif installed.release >= (2,):
            for name in environment.packages:
                yield from _of_known(environment, name, installed)


def _of_known(environment: PythonEnvironment, name: str, installed: Version) -> Iterator[Finding]:
    package = present(environment, name)
    version = None if package is None or package.ecosystem is not Ecosystem.PYPI else version_of(package)
    first = None if version is None else numpy_two().first_after(name, version)
    if package is None or first is None:
        return
    yield Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=name,
        at=environment.at,
        message=f"{package.label}: its wheels were compiled against numpy 1 and fail with numpy {installed} "
        "wherever they call numpy",
        evidence=(f"the first {name} that was compiled for numpy 2 is {first}", f"stated: numpy {installed}"),
        remedy=f"take numpy<2, or {name}>={first}",
        sources=numpy_two().sources,
    )


def _of_read(
    environment: PythonEnvironment, name: str, package: Component, installed: Version
) -> Iterator[Finding]:
    modules = ", ".join(texts(package.facts, "numpy_modules"))
    lowest = package.facts.get("numpy_lowest")
    if package.facts.get("numpy_abi") == "1.x" and installed.release >= (2,):
        message = f"it was compiled against numpy 1 and fails with numpy {installed} wherever it calls numpy"
        wanted = "numpy<2"
    elif isinstance(lowest, str) and installed < Version(lowest):
        message = f"it was compiled for numpy {lowest} or later, and numpy {installed} is installed"
        wanted = f"numpy>={lowest}"
    else:
        return
    yield Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=name,
        at=environment.at,
        message=f"{package.label}: {message}",
        evidence=(f"numpy C-API of its compiled modules: {modules}", f"installed: numpy {installed}"),
        remedy=f"install {wanted}, or a version of {name} that was compiled for numpy {installed.major}",
        command=f'pip install "{wanted}"',
        sources=(_SOURCE,),
    )


RULE = Rule(
    id="numpy-abi",
    summary="A package's compiled modules cannot work with the numpy that is installed.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
