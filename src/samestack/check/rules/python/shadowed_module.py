"""Rule ``shadowed-module``: files of the project that take the place of what programs mean to import."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_SOURCE = "https://docs.python.org/3/library/sys_path_init.html"
# What projects call their own, and some wheels install by mistake; nobody means to import the latter.
_EVERYBODYS: Final = frozenset(
    {"benchmarks", "build", "conftest", "doc", "docs", "example", "examples", "samples", "scripts", "setup"}
    | {"test", "tests", "tools"}
)
# Loaded before Python looks at the directory of a program.
_EARLIER: Final = frozenset(
    {"abc", "codecs", "encodings", "genericpath", "io", "os", "posixpath", "site", "stat"}
)

_ARCHIVES: Final = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2")


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the modules of the project against Python's own, and against those of packages (fact ``modules``).

    Python's own are those of the Python that runs this check, which differ little from series to series.
    """
    names = [name for name in subject.project if name not in _EVERYBODYS]
    for name in names:
        if _is_of_python(name):
            yield _finding(name, "", f"module {name} of Python's own library", "Python's own library")
    for environment in subject.pythons:
        owners = _owners(environment)
        for name in names:
            packages = owners.get(name, ())
            if packages and not any(map(_is_of_project, packages)) and not _is_of_python(name):
                labels = ", ".join(one.label for one in packages)
                yield _finding(name, environment.at, f"module {name} of {labels}", labels)


def _is_of_python(name: str) -> bool:
    return name in sys.stdlib_module_names and name not in sys.builtin_module_names and name not in _EARLIER


def _owners(environment: PythonEnvironment) -> Mapping[str, tuple[Component, ...]]:
    owners: dict[str, tuple[Component, ...]] = defaultdict(tuple)
    for _, package in environment.each():
        modules = package.facts.get("modules", ())
        for module in modules if isinstance(modules, tuple) else ():
            owners[module] += (package,)
    return owners


def _is_of_project(package: Component) -> bool:
    """Whether it was installed from a directory: then the project most likely is that directory."""
    path = str(package.circumstances.get("path", ""))
    return "editable" in package.circumstances or (bool(path) and not path.endswith(_ARCHIVES))


def _finding(name: str, at: str, hidden: str, owner: str) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING,
        layer=Layer.PACKAGES,
        subject=name,
        at=at,
        message=f"the project's own {name} hides {hidden} from what is started in its directory",
        evidence=(f"the project's directory holds a module or package {name}", f"the same name: {owner}"),
        remedy=f"rename the project's {name}, or move it into a package",
        sources=(_SOURCE,),
    )


RULE = Rule(
    id="shadowed-module",
    summary="A file of the project hides an installed package, or a module of Python, that has its name.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
