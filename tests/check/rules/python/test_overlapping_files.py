from samestack.check.rules.python.overlapping_files import RULE
from samestack.check.subject import Subject
from tests.check.rules.python.remarks import remark
from tests.check.subjects import package, python, snapshot, subject

MESSAGE = "opencv-python and opencv-python-headless own the same 5 files, 2 of other content"
REMARK = remark("overlapping-files", "opencv-python, opencv-python-headless", MESSAGE)
HOSTILE = remark("overlapping-files", "opencv-python, a; rm -r b", MESSAGE)

PLANTED = (subject(python(), remarks=(REMARK,)),)
HEALTHY = (subject(python(), package("opencv-python", "4.8.1.78")),)


def test_both_packages_are_named() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "opencv-python"
    assert finding.message.startswith(MESSAGE)
    assert finding.command == "pip uninstall --yes opencv-python opencv-python-headless"


def test_a_name_that_a_shell_would_read_is_in_no_command() -> None:
    (finding,) = RULE.examine(subject(python(), remarks=(HOSTILE,)))
    assert not finding.command


def test_a_shallow_snapshot_does_not_tell() -> None:
    (finding,) = RULE.examine(Subject(snapshot(python(), package("a", "1"), deep=False)))
    assert finding.severity == "unknown"
