from samestack.check.finding import Severity
from samestack.check.rules.models.estimator_version import RULE
from tests.check.rules.models.models import model
from tests.check.subjects import package, python, subject

FOREST = model("forest.pkl", written_with=("scikit-learn 1.0.2",))

PLANTED = (subject(python(), package("scikit-learn", "1.2.2"), FOREST),)
HEALTHY = (
    subject(python(), package("scikit-learn", "1.0.2"), FOREST),
    subject(python(), package("numpy", "1.26.4"), FOREST),
    subject(python(), package("scikit-learn", "1.2.2"), model("net.onnx", operator_sets=("ai.onnx 17",))),
)


def test_it_names_both_versions_and_the_command() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert (finding.subject, finding.severity) == ("forest.pkl", Severity.WARNING)
    assert "pickled by scikit-learn 1.0.2 and is to be loaded by 1.2.2" in finding.message
    assert finding.command == 'pip install "scikit-learn==1.0.2"'


def test_within_a_series_it_is_a_note() -> None:
    (finding,) = RULE.examine(subject(python(), package("scikit-learn", "1.0.1"), FOREST))
    assert finding.severity is Severity.NOTE
