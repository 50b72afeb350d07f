import pytest
from msgspec.structs import replace

from samestack.check.finding import Severity
from samestack.check.rules.python.requires_python import RULE
from samestack.model import Component
from tests.check.subjects import package, python, subject


def wanting(requires_python: str, version: str = "1.0") -> Component:
    return package("modern", version, requires_python=requires_python)


PLANTED = (
    subject(python("3.8.18"), wanting(">=3.9")),
    subject(python("3.12.1"), wanting(">=3.7,<3.11")),
    subject(python("3.8"), wanting(">=3.9")),
    subject(python("3.8.18"), wanting("~=3.9")),
)
HEALTHY = (
    subject(python("3.10.13"), wanting(">=3.9")),
    subject(python("3.10.13"), wanting(">=2.7, !=3.0.*, !=3.1.*")),
    subject(python("3.13.0rc1"), wanting(">=3.13")),
    subject(python("3.13.0+"), wanting(">=3.13")),
    # A series alone: any of its releases may be meant.
    subject(python("3.8"), wanting(">=3.8.1")),
    subject(python("3.8"), wanting("<3.8.10")),
    # As older installers read it, or nobody.
    subject(python("3.10.13"), wanting(">=3.5.*")),
    subject(python("3.10.13"), wanting("any")),
    subject(python("3.8.18"), replace(wanting(">=3.9"), circumstances={"installer": "debian"})),
)


def test_the_package_what_it_is_for_and_the_interpreter_are_named() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "modern"
    assert finding.message == "modern 1.0 is for Python >=3.9, and is installed for Python 3.8.18"
    assert finding.command == "pip install --upgrade --force-reinstall modern"


@pytest.mark.parametrize(
    ("index", "severity"),
    [(0, Severity.ERROR), (1, Severity.WARNING), (2, Severity.ERROR), (3, Severity.ERROR)],
)
def test_too_old_a_python_is_graver_than_one_that_was_not_tried(index: int, severity: Severity) -> None:
    (finding,) = RULE.examine(PLANTED[index])
    assert finding.severity is severity


def test_what_an_operating_system_packaged_is_its_own_affair() -> None:
    (finding,) = RULE.examine(HEALTHY[-1])
    assert finding.severity is Severity.NOTE
    assert not finding.command


def test_without_an_interpreter_it_is_unknown_and_said_once() -> None:
    (finding,) = RULE.examine(subject(wanting(">=3.9"), wanting(">=3.10", "2.0")))
    assert finding.severity is Severity.UNKNOWN
    assert not list(RULE.examine(subject(package("silent", "1"))))
