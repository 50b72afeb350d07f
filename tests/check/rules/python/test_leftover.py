from samestack.check.rules.python.leftover import RULE
from tests.check.rules.python.remarks import SITE, remark
from tests.check.subjects import package, python, subject

MESSAGE = "an uninstallation that did not finish left this: it can be deleted"

PLANTED = (subject(python(), remarks=(remark("leftover", "~umpy", MESSAGE, f"{SITE}/~umpy"),)),)
HEALTHY = (subject(python(), package("numpy", "1.26.4")),)


def test_what_is_left_over_is_named_with_its_place() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.place == f"{SITE}/~umpy"
    assert MESSAGE in finding.message
