from collections.abc import Mapping

from msgspec import structs

from samestack.check.rules.binary.numpy_abi import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem, Standing, Value
from tests.check.subjects import package, python, snapshot, subject

ONE: Mapping[str, Value] = {"numpy_abi": "1.x", "numpy_modules": ("1.x: 30",)}
TWO: Mapping[str, Value] = {"numpy_abi": "2.x", "numpy_lowest": "1.20", "numpy_modules": ("2.x: 36",)}


def locked(*packages: Component) -> Subject:
    """A lock: nothing is installed, and no binary was read."""
    return Subject(snapshot(*packages, kind="pylock.toml", standing=Standing.DECIDED, deep=False))


PLANTED = (
    locked(package("numpy", "2.2.6"), package("pandas", "1.4.0")),
    subject(python(), package("numpy", "2.2.6"), package("pandas", "1.4.0", ONE)),
    subject(python(), package("numpy", "1.19.5"), package("pandas", "2.2.2", TWO)),
)
HEALTHY = (
    locked(package("numpy", "2.2.6"), package("pandas", "2.2.2"), package("requests", "2.34.2")),
    locked(package("numpy", "1.26.4"), package("pandas", "1.4.0")),
    subject(python(), package("numpy", "1.26.4"), package("pandas", "1.4.0", ONE)),
    subject(python(), package("numpy", "2.2.6"), package("pandas", "2.2.2", TWO)),
    subject(python(), package("pandas", "1.4.0", ONE)),
)


def test_it_names_the_package_both_versions_and_the_remedy() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert finding.subject == "pandas"
    assert finding.message == (
        "pandas 1.4.0: it was compiled against numpy 1 and fails with numpy 2.2.6 wherever it calls numpy"
    )
    assert finding.command == 'pip install "numpy<2"'


def test_the_lowest_numpy_is_held_against_the_installed_one() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert "compiled for numpy 1.20 or later, and numpy 1.19.5 is installed" in finding.message


def test_of_a_lock_a_table_tells_which_wheels_are_of_numpy_1() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.message == (
        "pandas 1.4.0: its wheels were compiled against numpy 1 and fail with numpy 2.2.6 wherever they call "
        "numpy"
    )
    assert finding.remedy == "take numpy<2, or pandas>=2.2.2"


def test_of_what_conda_built_the_table_tells_nothing() -> None:
    built = structs.replace(package("pandas", "1.4.0"), ecosystem=Ecosystem.CONDA)
    assert not list(RULE.examine(locked(package("numpy", "2.2.6"), built)))


def test_what_was_read_counts_more_than_the_table() -> None:
    rebuilt = package("pandas", "1.4.0", TWO)
    assert not list(RULE.examine(subject(python(), package("numpy", "2.2.6"), rebuilt)))
