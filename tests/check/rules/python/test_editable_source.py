from msgspec.structs import replace

from samestack.check.finding import Severity
from samestack.check.rules.python.editable_source import RULE
from samestack.check.subject import Subject
from tests.check.rules.python.remarks import remark
from tests.check.subjects import package, python, snapshot, subject

OWN = replace(package("own", "0.1"), circumstances={"editable": "/somewhere/own"})
GONE = "it is installed as a link to a directory that is not there: /somewhere/own"

PLANTED = (
    subject(python(), OWN, remarks=(remark("source-gone", "own", GONE, "/somewhere/own"),)),
    subject(python(), OWN, remarks=(remark("egg-link", "own.egg-link", "a broken link"),)),
)
HEALTHY = (
    subject(python(), OWN),
    subject(python(), OWN, remarks=(remark("source-changed", "own", "its source has changed"),)),
)


def test_without_its_source_a_package_cannot_be_imported() -> None:
    for planted in PLANTED:
        (finding,) = RULE.examine(planted)
        assert finding.severity is Severity.ERROR
        assert finding.subject == "own"


def test_changes_are_every_developers_daily_state() -> None:
    (finding,) = RULE.examine(HEALTHY[1])
    assert finding.severity is Severity.NOTE


def test_the_package_says_which_python_it_is_of_where_the_place_cannot() -> None:
    components = (python(at="/one"), python(at="/two"), replace(OWN, at="/two"))
    gone = remark("source-gone", "own", GONE, "/somewhere/own")
    (finding,) = RULE.examine(subject(*components, remarks=(gone,)))
    assert finding.at == "/two"


def test_a_shallow_snapshot_is_asked_only_where_something_is_editable() -> None:
    (finding,) = RULE.examine(Subject(snapshot(python(), OWN, deep=False)))
    assert finding.severity is Severity.UNKNOWN
    assert not list(RULE.examine(Subject(snapshot(python(), package("a", "1"), deep=False))))
