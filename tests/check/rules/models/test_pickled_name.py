import pytest

from samestack.check.finding import Severity
from samestack.check.rules.models.pickled_name import RULE
from tests.check.rules.models.models import model
from tests.check.subjects import package, python, subject

SKLEARN = ("joblib", "sklearn")
TREE = model(
    "tree.pkl",
    pickled=("sklearn.tree._classes.DecisionTreeClassifier", "sklearn.tree._tree.Tree"),
    written_with=("scikit-learn 1.2.2",),
)
ARRAY = model("array.pkl", pickled=("numpy._core.multiarray._reconstruct", "numpy.dtype", "numpy.ndarray"))
OWN = model("own.pkl", pickled=("builtins.object", "defects.model.Detector"))
SCRIPT = model("script.pkl", pickled=("__main__.Detector",))

PLANTED = (
    subject(python(), package("scikit-learn", "1.5.2", modules=SKLEARN), TREE),
    subject(python(), package("numpy", "1.24.4", modules=("numpy",)), ARRAY),
    subject(python(), package("numpy", "1.24.4", modules=("numpy",)), OWN),
    subject(python(), package("numpy", "1.24.4", modules=("numpy",)), SCRIPT),
)
HEALTHY = (
    subject(python(), package("scikit-learn", "1.2.1", modules=SKLEARN), TREE),
    subject(python(), package("numpy", "2.0.2", modules=("numpy",)), ARRAY),
    subject(python(), package("numpy", "1.26.4", modules=("numpy",)), ARRAY),
    subject(python(), package("defects", "1.0", modules=("defects",)), OWN),
    # Not a deep capture: which modules there are is not known.
    subject(python(), package("numpy", "1.26.4"), OWN),
)


def test_it_says_what_loading_says_and_which_versions_can() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert "node array from the pickle has an incompatible dtype" in finding.message
    assert finding.command == 'pip install "scikit-learn<1.3"'


def test_a_tree_of_a_newer_library_is_as_unreadable_for_an_older_one() -> None:
    newer = model("tree.pkl", pickled=("sklearn.tree._tree.Tree",), written_with=("scikit-learn 1.5.2",))
    (finding,) = RULE.examine(subject(python(), package("scikit-learn", "1.2.2", modules=SKLEARN), newer))
    assert finding.command == 'pip install "scikit-learn>=1.3"'


@pytest.mark.parametrize(
    ("planted", "severity", "words"),
    [
        (PLANTED[2], Severity.ERROR, "it needs the module defects, which nothing installed offers"),
        (PLANTED[3], Severity.WARNING, "__main__.Detector was defined in the script that pickled it"),
    ],
)
def test_modules_that_are_not_there(planted: object, severity: Severity, words: str) -> None:
    (finding,) = RULE.examine(planted)  # type: ignore[arg-type]
    assert finding.severity is severity
    assert words in finding.message


def test_of_several_pythons_nobody_knows_which_one_loads_it() -> None:
    both = (python(at="/a"), python(at="/b"), package("numpy", "1.26.4", at="/a", modules=("numpy",)))
    assert not list(RULE.examine(subject(*both, OWN)))
