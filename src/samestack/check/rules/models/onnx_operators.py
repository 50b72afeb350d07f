"""Rule ``onnx-operators``: an ONNX model that is newer than the runtime that is to load it."""

from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.model_file import numbered
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.knowledge.model_files import onnx_runtimes
from samestack.model import Component, Layer

_RUNTIMES: Final = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-openvino", "onnxruntime-directml")
_STANDARD: Final = "ai.onnx"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold operator set and file format of every ONNX model against what the runtime's release loads."""
    models = [model for model in subject.models if "operator_sets" in model.facts]
    for environment in subject.pythons if models else ():
        for runtime in _RUNTIMES:
            installed = environment.version(runtime)
            if installed is not None:
                for model in models:
                    yield from _of_model(environment, model, runtime, installed)


def _of_model(
    environment: PythonEnvironment, model: Component, runtime: str, installed: Version
) -> Iterator[Finding]:
    loads = onnx_runtimes().newest(installed)
    needs = (dict(numbered(model, "operator_sets")).get(_STANDARD, 0), _number(model, "ir_version"))
    if loads is None or (needs[0] <= loads[0] and needs[1] <= loads[1]):
        return
    first = onnx_runtimes().first_with(*needs)
    # Of releases after the table's last it is only known that they load at least as much.
    is_known = first is not None or installed.release[:2] <= onnx_runtimes().last.release[:2]
    yield Finding(
        rule=RULE.id,
        severity=Severity.ERROR if is_known else Severity.UNKNOWN,
        layer=Layer.MODELS,
        subject=model.name,
        at=environment.at,
        message=f"it uses operator set {needs[0]} (IR version {needs[1]}), and {runtime} {installed} "
        f"{'loads' if is_known else 'surely loads'} at most {loads[0]} (IR version {loads[1]})",
        evidence=(
            f"{model.name} states operator set {needs[0]} and IR version {needs[1]}",
            f"installed: {runtime} {installed}",
        ),
        remedy=f"install {runtime} {first} or later, or export the model for operator set {loads[0]}"
        if first
        else f"export the model for operator set {loads[0]}",
        command=f'pip install "{runtime}>={first}"' if first else "",
        sources=(onnx_runtimes().source,),
    )


def _number(model: Component, fact: str) -> int:
    value = model.facts.get(fact, 0)
    return value if isinstance(value, int) else 0


RULE = Rule(
    id="onnx-operators",
    summary="An ONNX model uses operators or a file format that the installed ONNX Runtime does not load.",
    layer=Layer.MODELS,
    severity=Severity.ERROR,
    examine=examine,
)
