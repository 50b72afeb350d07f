"""Rule ``numpy-abi``: compiled modules beside a numpy that they cannot work with."""

from collections.abc import Iterator

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_SOURCE = "https://numpy.org/doc/stable/dev/depending_on_numpy.html#numpy-2-abi-handling"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold what every package was compiled against (facts ``numpy_abi``, ``numpy_lowest``) against numpy."""
    for environment in subject.pythons:
        installed = environment.version("numpy")
        if installed is not None:
            for name, package in environment.each():
                yield from _of_package(environment, name, package, installed)


def _of_package(
    environment: PythonEnvironment, name: str, package: Component, installed: Version
) -> Iterator[Finding]:
    modules = ", ".join(_texts(package, "numpy_modules"))
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


def _texts(component: Component, fact: str) -> tuple[str, ...]:
    value = component.facts.get(fact, ())
    return value if isinstance(value, tuple) else ()


RULE = Rule(
    id="numpy-abi",
    summary="A package's compiled modules cannot work with the numpy that is installed.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
