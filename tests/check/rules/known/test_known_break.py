import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from samestack.check.finding import Finding, Severity
from samestack.check.rules.known.known_break import RULE
from samestack.check.subject import Subject
from samestack.knowledge import breaks as module
from samestack.knowledge.breaks import Break, break_names, breaks, twin_of
from samestack.model import Component, Ecosystem, Layer, Standing
from tests.check.subjects import generic, package, python, snapshot, subject

LOCKED = (Layer.PACKAGES, Layer.PYTHON)

PLANTED = (
    subject(python("3.9.18"), package("flask", "1.1.2"), package("jinja2", "3.1.6")),
    subject(python("3.8.18"), package("tensorflow", "2.8.0"), package("protobuf", "4.21.0")),
    subject(python("3.12.1"), package("gputil", "1.4.0")),
    subject(python("3.12.1"), package("tensorboard", "2.19.0"), package("setuptools", "82.0.0")),
    subject(python("3.11.7"), package("hydra-core", "1.1.2")),
    Subject(
        snapshot(
            package("flask", "1.1.2"),
            package("jinja2", "3.1.6"),
            kind="uv.lock",
            standing=Standing.DECIDED,
            complete=LOCKED,
            deep=False,
        )
    ),
    Subject(snapshot(package("hydra-core", "1.1.2"), kind="uv.lock", standing=Standing.DECIDED)),
)
HEALTHY = (
    subject(python("3.9.18"), package("flask", "1.1.2"), package("jinja2", "3.0.3")),
    subject(python("3.9.18"), package("flask", "1.1.2")),
    subject(python("3.9.18"), package("flask", "2.3.3"), package("jinja2", "3.1.6")),
    subject(python("3.8.18"), package("tensorflow", "2.8.2"), package("protobuf", "4.21.0")),
    subject(python("3.12.1"), package("gputil", "1.4.0"), package("setuptools", "80.0.0")),
    subject(python("3.10.13"), package("gputil", "1.4.0")),
    subject(python("3.12.1"), package("tensorboard", "2.19.0"), package("setuptools", "81.0.0")),
    subject(python("3.10.13"), package("hydra-core", "1.1.2")),
    subject(python("3.12.1")),
)


def found(*components: Component) -> list[Finding]:
    return list(RULE.examine(subject(*components)))


def test_it_names_both_packages_the_message_and_every_remedy() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "flask"
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "flask 1.1.2 with jinja2 3.1.6: "
        "importing it fails, since jinja2 3.1 no longer brings escape and Markup"
    )
    assert finding.evidence[0] == "known to break: flask >=1.0,<1.1.3, jinja2 >=3.1 (row flask-jinja2)"
    assert finding.remedy == "install jinja2<3.1, or flask>=2.3"
    assert finding.command == 'pip install "jinja2<3.1"'
    assert finding.sources


def test_what_is_absent_is_named_too() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert finding.message.startswith(
        "gputil 1.4.0 with Python 3.12.1 without setuptools: importing it fails"
    )
    assert finding.command == 'pip install "setuptools"'


def test_where_no_requirement_mends_it_the_advice_does() -> None:
    (finding,) = found(python("3.10.13"), package("attrdict", "2.0.1"))
    assert finding.remedy.startswith("use a Python before 3.10")
    assert finding.command == ""


def test_what_hangs_on_an_unknown_python_is_said_once() -> None:
    locked = snapshot(
        package("hydra-core", "1.1.2"),
        package("attrdict", "2.0.1"),
        kind="uv.lock",
        standing=Standing.DECIDED,
        complete=LOCKED,
    )
    (finding,) = RULE.examine(Subject(locked))
    assert finding.severity is Severity.UNKNOWN
    assert finding.evidence == (
        "known to break: attrdict 2.0.1 with Python >=3.10",
        "known to break: hydra-core 1.1.2 with Python >=3.11",
    )


def test_a_lock_does_not_say_that_setuptools_will_be_absent() -> None:
    locked = snapshot(
        python("3.12.1"),
        package("gputil", "1.4.0"),
        kind="uv.lock",
        standing=Standing.DECIDED,
        complete=LOCKED,
    )
    assert list(RULE.examine(Subject(locked))) == []


def test_debian_brings_pkg_resources_without_metadata_to_its_own_python() -> None:
    models = package("face-recognition-models", "0.3.0")
    resources = Component(
        layer=Layer.SYSTEM, ecosystem=Ecosystem.DEBIAN, name="python3-pkg-resources", version="66.1.1-1"
    )
    for prefix, is_found in (("/usr", False), ("/home/ada/.venv", True)):
        interpreter = structs.replace(python("3.11.2"), circumstances={"prefix": prefix})
        assert bool(found(interpreter, models, resources)) is is_found
        assert found(interpreter, models)


def test_conda_names_and_twins_are_known() -> None:
    conda = [
        Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.CONDA, name=name, version=version)
        for name, version in (("imbalanced-learn", "0.12.4"), ("scikit-learn", "1.7.2"))
    ]
    assert [one.subject for one in found(python("3.10.13"), *conda)] == ["imbalanced-learn"]
    (finding,) = found(python("3.8.18"), package("tensorflow-cpu", "2.8.0"), package("protobuf", "4.21.0"))
    assert finding.subject == "tensorflow-cpu"
    (finding,) = found(python("3.10.13"), package("moviepy", "1.0.3"), package("pillow-simd", "10.0.0"))
    assert "with pillow-simd 10.0.0" in finding.message


@pytest.mark.parametrize(
    ("version", "is_found"),
    [("1.1.3rc1", False), ("1.1.2+local", True), ("1.1.2.post1", True), ("0.12.4", False), ("main", False)],
)
def test_versions_are_read_as_they_are_meant(version: str, is_found: bool) -> None:  # noqa: FBT001
    assert bool(found(python("3.9.18"), package("flask", version), package("jinja2", "3.1.0"))) is is_found


def test_a_pre_release_counts_as_the_release_that_it_leads_to() -> None:
    assert found(python("3.9.18"), package("flask", "1.1.2"), package("jinja2", "3.1.0rc1"))


def test_doubled_metadata_decides_nothing() -> None:
    twice = (package("jinja2", "3.0.3"), package("jinja2", "3.1.6"))
    assert found(python("3.9.18"), package("flask", "1.1.2"), *twice) == []


def test_what_a_marker_excludes_is_not_there() -> None:
    newer = Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name="jinja2",
        version="3.1.6",
        marker="python_version >= '3.10'",
    )
    assert found(python("3.9.18"), package("flask", "1.1.2"), newer) == []
    assert found(python("3.10.13"), package("flask", "1.1.2"), newer)
    assert found(package("flask", "1.1.2"), newer) == []


def test_what_metadata_says_is_left_to_it_where_it_was_read() -> None:
    pair = (python("3.9.18"), package("tokenizers", "0.13.3"))
    assert found(*pair, package("transformers", "4.20.0"))
    said = package("transformers", "4.20.0", requires=("tokenizers!=0.11.3,<0.13,>=0.11.1",))
    assert found(*pair, said) == []


def test_only_the_tables_of_installed_packages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = module.read_table

    def reading(path: Path) -> module.Table:
        read.append(path.stem)
        return original(path)

    monkeypatch.setattr(module, "read_table", reading)
    found(python("3.9.18"), package("flask", "1.1.2"), package("jinja2", "3.1.6"), package("rich", "14.0.0"))
    assert read == ["flask", "jinja2"]


def test_every_environment_of_a_system_is_examined() -> None:
    here, there = "/opt/a", "/opt/b"
    pairs = (
        (python("3.9.18", at), package("flask", "1.1.2", at=at), package("jinja2", version, at=at))
        for at, version in ((here, "3.0.3"), (there, "3.1.6"))
    )
    (finding,) = found(generic(Layer.OS, "glibc", "2.36"), *(one for pair in pairs for one in pair))
    assert finding.at == there


ROWS = [(name, row) for name in sorted(break_names()) if twin_of(name) is None for row in breaks(name)]


def some_version(*wanted: str) -> str:
    """A version that all these specifiers allow."""
    allowed = SpecifierSet(",".join(one for one in wanted if one))
    return next(one for one in _candidates(str(allowed)) if allowed.contains(one))


def _candidates(specifiers: str) -> Iterator[str]:
    for text in re.findall(r"\d+(?:\.\d+)*", specifiers):
        numbers = [int(one) for one in text.split(".")]
        yield text
        yield f"{text}.1"
        yield ".".join(map(str, [*numbers[:-1], numbers[-1] + 1]))
        for place in reversed(range(len(numbers))):
            if numbers[place] > 0:
                yield ".".join(map(str, [*numbers[:place], numbers[place] - 1, 99]))
    yield "1.0"


def planted(name: str, row: Break, **changes: str) -> list[Component]:
    """What the row is about, but for packages that are of another version, or absent (empty)."""
    versions = {
        name: some_version(row.versions),
        **{one: some_version(row.beside[one]) for one in row.beside},
    }
    versions |= changes
    interpreter = python(some_version(row.python) if row.python else "3.10.13")
    return [interpreter, *(package(one, version) for one, version in versions.items() if version)]


def ids(findings: list[Finding]) -> set[str]:
    return {re.findall(r"\(row (\S+)\)", finding.evidence[0])[0] for finding in findings}


each_row = pytest.mark.parametrize(("name", "row"), ROWS, ids=[row.id for _, row in ROWS])


@each_row
def test_every_row_is_found_where_it_is_planted(name: str, row: Break) -> None:
    (finding,) = [one for one in found(*planted(name, row)) if row.id in ids([one])]
    assert finding.subject == name
    assert finding.severity.value == row.severity
    assert finding.message
    assert finding.remedy


@each_row
def test_no_row_is_found_after_any_of_its_remedies(name: str, row: Break) -> None:
    for remedy in row.remedies:
        wanted = [Requirement(one) for one in remedy.split()]
        mended = {one.name: some_version(str(one.specifier)) for one in wanted}
        assert row.id not in ids(found(*planted(name, row, **mended))), remedy


@each_row
def test_no_row_is_found_without_one_of_its_conditions(name: str, row: Break) -> None:
    for absent in row.beside:
        assert row.id not in ids(found(*planted(name, row, **{absent: ""})))
    for needed, versions in row.needs.items():
        assert row.id not in ids(found(*planted(name, row, **{needed: some_version(versions)})))
