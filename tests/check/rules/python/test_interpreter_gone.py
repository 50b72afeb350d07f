from samestack.check.finding import Severity
from samestack.check.rules.python.interpreter_gone import RULE
from samestack.check.subject import Subject
from samestack.model import Layer
from tests.check.rules.python.remarks import remark
from tests.check.subjects import python, subject


def remarked(code: str, message: str = "something is odd", place: str = "/env/pyvenv.cfg") -> Subject:
    return subject(python(at="/env"), remarks=(remark(code, "python", message, place, Layer.PYTHON),))


PLANTED = (
    remarked("interpreter-gone", "the interpreter is gone", "/env/bin/python"),
    remarked("packages-unseen", "python3.12 does not see the packages, installed for python3.11", "/env"),
    remarked("malformed-pyvenv-cfg"),
)
HEALTHY = (
    subject(python()),
    remarked("interpreter-changed", "made with Python 3.10.4, its interpreter is now 3.10.13"),
)


def test_an_environment_without_its_interpreter_is_lost() -> None:
    for planted in PLANTED[:2]:
        (finding,) = RULE.examine(planted)
        assert finding.severity is Severity.ERROR
        assert finding.layer is Layer.PYTHON
        assert finding.at == "/env"


def test_an_update_of_the_interpreter_is_no_more_than_good_to_know() -> None:
    (finding,) = RULE.examine(HEALTHY[1])
    assert finding.severity is Severity.NOTE
