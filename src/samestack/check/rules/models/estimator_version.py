"""Rule ``estimator-version``: pickled estimators beside another scikit-learn than the one that wrote them."""

from collections.abc import Iterator

from packaging.version import InvalidVersion, Version

from samestack.check.finding import Finding, Severity
from samestack.check.model_file import written_with
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_LIBRARY = "scikit-learn"
_SOURCE = "https://scikit-learn.org/stable/model_persistence.html#security-maintainability-limitations"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the version that estimators note in their pickles against the one that is installed."""
    for environment in subject.pythons:
        installed = environment.version(_LIBRARY)
        if installed is not None:
            for model in subject.models:
                for written in written_with(model, _LIBRARY):
                    yield from _of_model(environment, model, written, installed)


def _of_model(
    environment: PythonEnvironment, model: Component, written: str, installed: Version
) -> Iterator[Finding]:
    if written == str(installed):
        return
    severity = Severity.NOTE if _is_same_series(written, installed) else Severity.WARNING
    yield Finding(
        rule=RULE.id,
        severity=severity,
        layer=Layer.MODELS,
        subject=model.name,
        at=environment.at,
        message=f"it was pickled by scikit-learn {written} and is to be loaded by {installed}, "
        "which scikit-learn supports in no way: it may fail, or answer otherwise",
        evidence=(f"{model.name} notes _sklearn_version {written}", f"installed: scikit-learn {installed}"),
        remedy=f"install scikit-learn {written}, or train and save the model again",
        command=f'pip install "scikit-learn=={written}"',
        sources=(_SOURCE,),
    )


def _is_same_series(written: str, installed: Version) -> bool:
    try:
        return Version(written).release[:2] == installed.release[:2]
    except InvalidVersion:
        return False


RULE = Rule(
    id="estimator-version",
    summary="A pickled estimator was written by another scikit-learn than the one that is to load it.",
    layer=Layer.MODELS,
    severity=Severity.WARNING,
    examine=examine,
)
