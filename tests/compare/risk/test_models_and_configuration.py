"""Models and environment variables."""

from samestack.knowledge.variables import VARIABLES
from samestack.model import Component, Ecosystem, Layer
from samestack.model.risk import Risk
from tests.compare.risk.changes import component, risk_of, told


def model(revision: str | None, content: str | None = None) -> Component:
    return component(Layer.MODELS, "bert", revision, content=content, ecosystem=Ecosystem.HUGGING_FACE)


def variable(name: str, value: str) -> Component:
    return component(Layer.CONFIGURATION, name, value)


def test_another_revision_or_content_answers_otherwise() -> None:
    assert risk_of(model("a"), model("b")) is Risk.RESULTS
    assert risk_of(model(None, "sha256:a"), model(None, "sha256:b")) is Risk.RESULTS


def test_models_that_come_and_go() -> None:
    assert risk_of(model("a"), None) is Risk.BREAKS
    assert risk_of(None, model("a")) is Risk.UNKNOWN


def test_the_same_model_stated_otherwise_is_unknown() -> None:
    other = component(Layer.MODELS, "bert", "a", ecosystem=Ecosystem.HUGGING_FACE, facts={"bytes": 1})
    assert risk_of(model("a"), other) is Risk.UNKNOWN


def test_every_variable_that_is_captured_changes_results() -> None:
    for known in VARIABLES:
        assert risk_of(variable(known.name, "1"), variable(known.name, "2")) is Risk.RESULTS
        assert risk_of(None, variable(known.name, "2")) is Risk.RESULTS
    assert "number of threads" in told(variable("OMP_NUM_THREADS", "1"), None)


def test_other_variables_are_up_to_the_program() -> None:
    assert risk_of(variable("APP_MODE", "a"), variable("APP_MODE", "b")) is Risk.UNKNOWN
