"""What packages require, held against what is there: nothing missed, and no false alarm."""

import pytest
from msgspec.structs import replace

from samestack.check.finding import Finding, Severity
from samestack.check.rules.python.unmet_requirement import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem, Standing
from tests.check.subjects import package, python, snapshot, subject


def requiring(name: str, version: str, *requirements: str) -> Component:
    return package(name, version, requires=requirements)


def conda(name: str, version: str, *requirements: str, modules: tuple[str, ...] = ()) -> Component:
    facts = {"requires": requirements, "modules": modules}
    return replace(package(name, version, facts), ecosystem=Ecosystem.CONDA)


def of_debian(component: Component) -> Component:
    return replace(component, circumstances={"installer": "debian"})


def found(*components: Component) -> list[Finding]:
    return list(RULE.examine(subject(*components)))


PANDAS = requiring("pandas", "2.1.4", "numpy<2,>=1.22.4; python_version < '3.11'", "pytz>=2020.1")
UVICORN = requiring("uvicorn", "0.30.0", "click>=7.0", 'httptools>=0.5.0; extra == "standard"')
ASKER = requiring("fastapi-cli", "0.0.5", "uvicorn[standard]>=0.15.0")
CLICK = package("click", "8.1.7")

PLANTED = (
    subject(python(), PANDAS, package("numpy", "1.26.4")),
    subject(python(), PANDAS, package("numpy", "2.2.6"), package("pytz", "2024.1")),
    subject(python(), ASKER, UVICORN, CLICK),
    subject(python(), requiring("a", "1", "b>=2"), package("b", "2.0rc1")),
)
HEALTHY = (
    subject(python(), PANDAS, package("numpy", "1.26.4"), package("pytz", "2024.1")),
    # No marker applies: the Python is another one, the system is, or nobody asks for the extra.
    subject(python("3.12.1"), PANDAS, package("pytz", "2024.1")),
    subject(python(), UVICORN, CLICK),
    subject(python(), requiring("tqdm", "4.66", 'colorama; platform_system == "Windows"')),
    subject(python(), requiring("a", "1", 'b; (extra == "x" or extra == "y") and python_version > "3"')),
    subject(python(), ASKER, UVICORN, CLICK, package("httptools", "0.6.1")),
    # Pre-releases and local versions that meet what is asked, and an address that says no version.
    subject(python(), requiring("a", "1", "b>=1"), package("b", "2.0rc1")),
    subject(python(), requiring("torchvision", "0.16.0", "torch==2.1.0"), package("torch", "2.1.0+cu121")),
    subject(python(), requiring("a", "1", "b @ https://example.org/b-1-py3-none-any.whl"), package("b", "7")),
    # As older tools write it.
    subject(python(), requiring("lightning", "1.5", "torch (>=1.9.*)"), package("torch", "2.1.0")),
    subject(python(), requiring("a", "1", "Ruamel.Yaml"), package("ruamel-yaml", "0.18")),
    # Conda's packages count under the names of the index, whatever conda calls or cuts them.
    subject(python(), requiring("a", "1", "torch>=2"), conda("pytorch", "2.1.0")),
    subject(python(), requiring("a", "1", "odd-name"), conda("oddly", "1", modules=("odd_name",))),
    # Debian, and conda, decide themselves what they leave out.
    subject(python(), of_debian(requiring("pygobject", "3.42.2", "pycairo>=1.16"))),
    subject(python(), conda("a", "1", "b<2"), conda("b", "3")),
    # The same modules are there under another name, or nothing misses them when it runs.
    subject(
        python(), requiring("a", "1", "opencv-python>=4.5"), package("opencv-python-headless", "4.8.1.78")
    ),
    subject(python(), requiring("a", "1", "argparse", "types-requests")),
    # Of doubled metadata nobody knows which is in force: that is another finding.
    subject(python(), requiring("a", "1", "b<2"), requiring("a", "2", "b>=2"), package("b", "2")),
)


def test_a_missing_package_and_a_wrong_version_are_told_apart() -> None:
    (missing,) = RULE.examine(PLANTED[0])
    assert missing.subject == "pandas"
    assert missing.severity is Severity.ERROR
    assert missing.message == "pandas 2.1.4 requires pytz>=2020.1, and no pytz is installed"
    assert missing.command == 'pip install "pytz>=2020.1"'
    (wrong,) = RULE.examine(PLANTED[1])
    assert wrong.subject == "pandas"
    assert wrong.message == "pandas 2.1.4 requires numpy<2,>=1.22.4, and numpy 2.2.6 is installed"
    assert wrong.command == 'pip install "numpy>=1.22.4,<2"'


def test_an_extra_counts_where_somebody_asks_for_it_and_that_is_said() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert finding.subject == "uvicorn"
    assert "uvicorn 0.30.0 requires httptools>=0.5.0 for its extra 'standard'" in finding.message
    assert any("uvicorn[standard]>=0.15.0 by fastapi-cli 0.0.5" in line for line in finding.evidence)


def test_extras_ask_for_extras_of_others_and_of_themselves() -> None:
    components = (
        requiring("asker", "1", "a[all]"),
        requiring("a", "1", 'a[One,two]; extra == "all"', 'b[deep]; extra == "two"', 'c; extra == "one"'),
        requiring("b", "1", 'd; extra == "deep"', 'e; extra == "other"'),
    )
    messages = {finding.message for finding in found(python(), *components)}
    assert {message.partition(",")[0] for message in messages} == {
        "a 1 requires c for its extra 'one'",
        "b 1 requires d for its extra 'deep'",
    }


def test_a_version_that_does_not_suit_the_one_suits_all_when_it_is_installed_as_the_command_says() -> None:
    askers = (
        requiring("a", "1", "numpy<2"),
        requiring("b", "1", "numpy>=1.23"),
        requiring("c", "1", "numpy>=1.21"),
    )
    (finding,) = found(python(), *askers, package("numpy", "2.1.0"))
    assert finding.command == 'pip install "numpy>=1.23,<2"'


def test_where_nothing_suits_both_the_opponents_are_named_and_no_command_is_offered() -> None:
    askers = (requiring("a", "1", "numpy<2"), requiring("b", "1", "numpy>=2.1"))
    (finding,) = found(python(), *askers, package("numpy", "2.1.0"))
    assert finding.command == ""
    assert "choose another version of a or b: b 1 requires numpy>=2.1" in finding.remedy


def test_what_pip_put_over_what_conda_needs_is_an_error() -> None:
    (finding,) = found(python(), conda("pandas", "2.1.4", "numpy<2"), package("numpy", "2.2.6"))
    assert finding.severity is Severity.ERROR
    assert finding.command == 'pip install "numpy<2"'


@pytest.mark.parametrize("index", range(12, 17))
def test_what_is_harmless_is_a_note_at_most(index: int) -> None:
    assert {finding.severity for finding in RULE.examine(HEALTHY[index])} <= {Severity.NOTE}


def test_a_twin_of_a_version_that_is_not_wanted_is_no_help() -> None:
    components = (requiring("a", "1", "opencv-python>=4.9"), package("opencv-python-headless", "4.8.1.78"))
    (finding,) = found(python(), *components)
    assert finding.severity is Severity.ERROR
    assert finding.remedy == "install opencv-python-headless>=4.9"


def test_of_doubled_metadata_any_version_will_do() -> None:
    assert not found(python(), requiring("a", "1", "b>=2"), package("b", "1"), package("b", "2"))


def test_each_of_several_pythons_is_examined_with_its_own_packages() -> None:
    one = (python("3.10.1", "/one"), replace(PANDAS, at="/one"), package("numpy", "1.26.4", at="/one"))
    other = (python("3.12.1", "/two"), replace(PANDAS, at="/two"), package("pytz", "2024.1", at="/two"))
    (finding,) = found(*one, *other)
    assert finding.at == "/one"


@pytest.mark.parametrize(
    ("components", "reason"),
    [
        ((requiring("a", "1", "b; python_version < '4'"),), "the Python is not known exactly"),
        # A series alone does not say whether this backport is needed.
        ((python("3.11"), requiring("a", "1", "b; python_full_version < '3.11.3'")), "not known exactly"),
        ((python(), requiring("a", "1", "b at least 2")), "not written as the specification demands"),
        (
            (python(), requiring("a", "1", "b>=2", "b>=3"), package("b", "yesterday")),
            "no versions of PEP 440",
        ),
    ],
)
def test_what_cannot_be_decided_is_said_once(components: tuple[Component, ...], reason: str) -> None:
    (finding,) = found(*components)
    assert finding.severity is Severity.UNKNOWN
    assert reason in finding.message


def test_a_snapshot_that_is_not_deep_does_not_pass_as_healthy() -> None:
    (finding,) = RULE.examine(Subject(snapshot(python(), package("pandas", "1.4.0"), deep=False)))
    assert finding.severity is Severity.UNKNOWN
    wanted = snapshot(python(), package("pandas", "1.4.0"), deep=False, standing=Standing.WANTED)
    assert not list(RULE.examine(Subject(wanted)))


def test_no_text_of_what_is_examined_becomes_a_command_of_the_shell() -> None:
    for requirement in ("b===`id`", "b[$(id)]", "b===1;id"):
        for finding in found(python(), requiring("a", "1", requirement)):
            assert not set("`$;") & set(finding.command)
