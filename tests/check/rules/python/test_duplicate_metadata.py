from samestack.check.finding import Severity
from samestack.check.rules.python.duplicate_metadata import RULE
from tests.check.rules.python.remarks import remark
from tests.check.subjects import package, python, subject

TWO = "2 metadata directories are of this name (versions 1.26.4, 2.2.6): reinstall it"
NUMPYS = (package("numpy", "1.26.4"), package("numpy", "2.2.6"))
TWINS = (package("numpy", "1.26.4", tags=("py3-none-any",)), package("numpy", "1.26.4"))

PLANTED = (
    subject(python(), *NUMPYS, remarks=(remark("duplicate-distribution", "numpy", TWO),)),
    subject(python(), remarks=(remark("duplicate-record", "numpy", "2 records are of this package"),)),
)
HEALTHY = (
    subject(python(), package("numpy", "1.26.4")),
    subject(python(), *TWINS, remarks=(remark("duplicate-distribution", "numpy", TWO),)),
    subject(
        python(), package("numpy", "2"), remarks=(remark("shadowed", "numpy", "version 1 is hidden by 2"),)
    ),
    subject(python(), package("numpy", "2"), remarks=(remark("replaced-by-pip", "numpy"),)),
)


def test_two_versions_mislead_whoever_asks_for_one() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.WARNING
    assert finding.subject == "numpy"
    assert finding.message == f"numpy: {TWO}; programs that ask for its version are told any of them"
    assert finding.command == "pip install --force-reinstall --no-deps numpy"


def test_two_that_say_the_same_and_hidden_ones_are_notes() -> None:
    for healthy in HEALTHY[1:]:
        (finding,) = RULE.examine(healthy)
        assert finding.severity is Severity.NOTE


def test_of_several_pythons_the_one_that_is_about_is_named() -> None:
    places = (python(at="/usr"), python(at="/opt/app/.venv"), python(at="/opt/app"))
    where = "/image/opt/app/.venv/lib/python3.10/site-packages"
    (finding,) = RULE.examine(subject(*places, remarks=(remark("shadowed", "numpy", place=where),)))
    assert finding.at == "/opt/app/.venv"
