"""Rule ``torch-weights-only``: checkpoints that ``torch.load`` refuses since its default changed."""

from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_BOUNDARY: Final = Version("2.6")
_ALLOWED: Final = (
    "torch.",
    "collections.OrderedDict",
    "collections.Counter",
    "collections.defaultdict",
    "_codecs.encode",
    "builtins.",
    "__builtin__.",
)
"""How the names begin that ``weights_only`` allows, or that are no objects of their own."""
_REFUSED_OF_TORCH: Final = ("torch.nn.modules.", "torch.optim.", "torch.jit.")
_SOURCE = "https://pytorch.org/docs/stable/notes/serialization.html#weights-only"


def examine(subject: Subject) -> Iterator[Finding]:
    """Look in torch's checkpoints for names that loading weights alone does not allow."""
    models = [model for model in subject.models if model.facts.get("archive") == "torch"]
    for environment in subject.pythons if models else ():
        installed = environment.version("torch")
        if installed is not None and installed >= _BOUNDARY:
            for model in models:
                refused = tuple(name for name in texts(model.facts, "pickled") if _is_refused(name))
                if refused:
                    yield _finding(environment, model, installed, refused)


def _is_refused(name: str) -> bool:
    return name.startswith(_REFUSED_OF_TORCH) or not name.startswith(_ALLOWED)


def _finding(
    environment: PythonEnvironment, model: Component, installed: Version, refused: tuple[str, ...]
) -> Finding:
    more = f" and {len(refused) - 3} more" if len(refused) > 3 else ""
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING,
        layer=Layer.MODELS,
        subject=model.name,
        at=environment.at,
        message="it holds more than weights, which torch.load refuses by default since torch 2.6",
        evidence=(f"it names {', '.join(refused[:3])}{more}", f"installed: torch {installed}"),
        remedy="save the state_dict alone, or load it with weights_only=False if you trust where it is from",
        sources=(_SOURCE,),
    )


RULE = Rule(
    id="torch-weights-only",
    summary="A torch checkpoint holds more than weights, which torch.load refuses by default since 2.6.",
    layer=Layer.MODELS,
    severity=Severity.WARNING,
    examine=examine,
)
