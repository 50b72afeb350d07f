from collections.abc import Mapping

from samestack.check.rules.binary.numpy_abi import RULE
from samestack.model import Value
from tests.check.subjects import package, python, subject

ONE: Mapping[str, Value] = {"numpy_abi": "1.x", "numpy_modules": ("1.x: 30",)}
TWO: Mapping[str, Value] = {"numpy_abi": "2.x", "numpy_lowest": "1.20", "numpy_modules": ("2.x: 36",)}

PLANTED = (
    subject(python(), package("numpy", "2.2.6"), package("pandas", "1.4.0", ONE)),
    subject(python(), package("numpy", "1.19.5"), package("pandas", "2.2.2", TWO)),
)
HEALTHY = (
    subject(python(), package("numpy", "1.26.4"), package("pandas", "1.4.0", ONE)),
    subject(python(), package("numpy", "2.2.6"), package("pandas", "2.2.2", TWO)),
    subject(python(), package("pandas", "1.4.0", ONE)),
)


def test_it_names_the_package_both_versions_and_the_remedy() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "pandas"
    assert finding.message == (
        "pandas 1.4.0: it was compiled against numpy 1 and fails with numpy 2.2.6 wherever it calls numpy"
    )
    assert finding.command == 'pip install "numpy<2"'


def test_the_lowest_numpy_is_held_against_the_installed_one() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert "compiled for numpy 1.20 or later, and numpy 1.19.5 is installed" in finding.message
