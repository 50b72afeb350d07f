"""Rule ``onnxruntime-gpu-and-cpu``: two builds of ONNX Runtime, one over the other."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.presence import present
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_CPU: Final = "onnxruntime"
_OTHERS: Final = ("onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino", "onnxruntime-training")
_SOURCES: Final = (
    "https://onnxruntime.ai/docs/get-started/with-python.html",
    "https://github.com/microsoft/onnxruntime/issues/10685",
)


def examine(subject: Subject) -> Iterator[Finding]:
    """All of these install the module ``onnxruntime``: the files of the last one count."""
    for environment in subject.pythons:
        cpu = present(environment, _CPU)
        others = [one for name in _OTHERS if (one := present(environment, name))]
        if cpu is None or not others:
            continue
        other = others[0]
        yield Finding(
            rule=RULE.id,
            severity=Severity.WARNING,
            layer=Layer.PACKAGES,
            subject=other.name,
            at=environment.at,
            message=f"{other.label} and {cpu.label} install the same files: which of them runs depends on "
            "which came last, and with the processor's files no GPU is used",
            evidence=(f"installed: {cpu.label}", *(f"installed: {one.label}" for one in others)),
            remedy=f"uninstall both, and install {other.name} alone, which computes on the processor, too",
            command=f"pip uninstall -y {_CPU} {other.name} && pip install {_wish(other)}",
            sources=_SOURCES,
        )


def _wish(package: Component) -> str:
    return f"{package.name}=={package.version}" if package.version else package.name


RULE = Rule(
    id="onnxruntime-gpu-and-cpu",
    summary="Two builds of ONNX Runtime are installed over each other.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
