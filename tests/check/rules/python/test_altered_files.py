from samestack.check.rules.python.altered_files import RULE
from tests.check.rules.python.remarks import SITE, remark
from tests.check.subjects import package, python, subject

MESSAGE = "files are not as they were installed: 1 altered (six.py)"

PLANTED = (subject(python(), remarks=(remark("altered-files", "six", MESSAGE),)),)
HEALTHY = (subject(python(), package("six", "1.16.0")),)


def test_it_says_which_and_where() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "six"
    assert MESSAGE in finding.message
    assert finding.place == SITE
    assert finding.command == "pip install --force-reinstall --no-deps six"
