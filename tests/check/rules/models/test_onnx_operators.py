from samestack.check.finding import Severity
from samestack.check.rules.models.onnx_operators import RULE
from tests.check.rules.models.models import model
from tests.check.subjects import package, python, subject

NET = model("net.onnx", operator_sets=("ai.onnx 17", "ai.onnx.ml 3"), ir_version=8)
NEWEST = model("net.onnx", operator_sets=("ai.onnx 99",), ir_version=99)

PLANTED = (
    subject(python(), package("onnxruntime", "1.11.1"), NET),
    subject(python(), package("onnxruntime-gpu", "1.4.0"), NET),
)
HEALTHY = (
    subject(python(), package("onnxruntime", "1.12.1"), NET),
    subject(python(), package("onnxruntime", "1.23.2"), NET),
    subject(python(), package("numpy", "1.26.4"), NET),
)


def test_it_names_the_first_release_that_loads_the_model() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.ERROR
    assert "uses operator set 17 (IR version 8), and onnxruntime 1.11.1 loads at most 16" in finding.message
    assert finding.command == 'pip install "onnxruntime>=1.12"'


def test_what_the_table_does_not_reach_is_unknown() -> None:
    (finding,) = RULE.examine(subject(python(), package("onnxruntime", "9.0"), NEWEST))
    assert finding.severity is Severity.UNKNOWN
    (finding,) = RULE.examine(subject(python(), package("onnxruntime", "1.12.1"), NEWEST))
    assert finding.severity is Severity.ERROR
