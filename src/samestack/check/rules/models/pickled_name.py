"""Rule ``pickled-name``: classes that a pickle names and that the environment cannot offer."""

import sys
from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.model_file import written_with
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.knowledge.model_files import PickledName, pickled_names
from samestack.model import Component, Layer

# What Python 2 called its modules, and what pickle renames when it loads them.
_STANDARD: Final = sys.stdlib_module_names | {"__builtin__", "copy_reg", "exceptions", "cPickle"}
_SCRIPT: Final = "__main__"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the names in pickles (fact ``pickled``) against the modules and versions that are installed."""
    pickles = [model for model in subject.models if texts(model.facts, "pickled")]
    for environment in subject.pythons if pickles else ():
        offered = {module for _, package in environment.each() for module in texts(package.facts, "modules")}
        for model in pickles:
            yield from _of_versions(environment, model)
            # Of several Pythons, nobody knows which one is to load the model.
            if offered and len(subject.pythons) == 1:
                yield from _of_modules(environment, model, offered)


def _of_versions(environment: PythonEnvironment, model: Component) -> Iterator[Finding]:
    told: set[str] = set()
    for row in pickled_names().names:
        installed = environment.version(row.package)
        name = _name_of(row, model)
        if name is None or installed is None or row.is_met_by(installed) or row.text in told:
            continue
        told.add(row.text)
        yield Finding(
            rule=RULE.id,
            severity=Severity.ERROR,
            layer=Layer.MODELS,
            subject=model.name,
            at=environment.at,
            message=f"{row.package} {installed} cannot load it. {row.text}",
            evidence=(f"the pickle names {name}", f"installed: {row.package} {installed}"),
            remedy=f"install {row.package}{row.needs}, or save the model again with what is installed",
            command=f'pip install "{row.package}{row.needs}"',
            sources=row.sources,
        )


def _name_of(row: PickledName, model: Component) -> str | None:
    writer = next(iter(written_with(model, row.package)), "")
    return next((name for name in texts(model.facts, "pickled") if row.is_about(name, writer)), None)


def _of_modules(environment: PythonEnvironment, model: Component, offered: set[str]) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for name in texts(model.facts, "pickled"):
        names.setdefault(name.partition(".")[0], name)
    for module, name in names.items():
        if module == _SCRIPT or module not in offered | _STANDARD:
            yield _of_module(environment, model, module, name)


def _of_module(environment: PythonEnvironment, model: Component, module: str, name: str) -> Finding:
    message = f"it needs the module {module}, which nothing installed offers: loading it fails"
    remedy = f"install the package that offers {module}, or make the project that defines it importable"
    if module == _SCRIPT:
        message = f"{name} was defined in the script that pickled it: no other program can load it"
        remedy = "move the class into a module that both programs import, and save the model again"
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING if module == _SCRIPT else Severity.ERROR,
        layer=Layer.MODELS,
        subject=model.name,
        at=environment.at,
        message=message,
        evidence=(f"the pickle names {name}",),
        remedy=remedy,
    )


RULE = Rule(
    id="pickled-name",
    summary="A pickled model names a class that the environment cannot offer.",
    layer=Layer.MODELS,
    severity=Severity.ERROR,
    examine=examine,
)
