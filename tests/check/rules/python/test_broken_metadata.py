import pytest

from samestack.check.finding import Severity
from samestack.check.rules.python.broken_metadata import RULE
from tests.check.rules.python.remarks import remark
from tests.check.subjects import package, python, subject

MISSING = remark("missing-metadata", "foo_bar-1.0.dist-info", "METADATA is missing or empty")

PLANTED = (
    subject(python(), package("foo-bar", "1.0"), remarks=(MISSING,)),
    subject(python(), remarks=(remark("malformed-metadata", "foo_bar-1.0.dist-info"),)),
)
HEALTHY = (
    subject(python(), package("foo-bar", "1.0")),
    *(
        subject(python(), remarks=(remark(code, "ninja-1.11.1.1.dist-info"),))
        for code in ("malformed-wheel", "missing-record", "directory-differs", "unreadable", "zipped-egg")
    ),
)


def test_the_package_is_named_as_the_index_does() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "foo-bar"
    assert finding.severity is Severity.WARNING
    assert finding.command == "pip install --force-reinstall --no-deps foo-bar"


@pytest.mark.parametrize("index", range(1, 6))
def test_what_only_pip_minds_is_a_note(index: int) -> None:
    (finding,) = RULE.examine(HEALTHY[index])
    assert finding.severity in {Severity.NOTE, Severity.UNKNOWN}
    assert finding.subject == "ninja"


def test_no_directory_name_becomes_a_command_of_the_shell() -> None:
    hostile = remark("missing-metadata", "a;rm $(b)-1.0.dist-info")
    (finding,) = RULE.examine(subject(python(), remarks=(hostile,)))
    assert not finding.command
