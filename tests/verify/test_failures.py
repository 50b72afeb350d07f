"""What the search learns of a failure: how it is told apart, what it says, and whom it points at."""

from msgspec import structs

from samestack.check.finding import Finding, Severity
from samestack.check.imports.run import Link, Outcome
from samestack.check.python_environment import PythonEnvironment
from samestack.model import Layer
from samestack.verify.examination import Examined
from samestack.verify.failures import failures_of
from samestack.verify.search.world import Failure
from tests.check import subjects

SITE = "/tmp/somewhere/lib/python3.8/site-packages"
MODULES = {"tensorflow": "tensorflow", "protobuf": "google", "keras": "keras", "pillow": "PIL"}


def environment() -> PythonEnvironment:
    packages = (subjects.package(name, "1.0", {"modules": (module,)}) for name, module in MODULES.items())
    (found,) = subjects.subject(subjects.python(), *packages).pythons
    return found


def finding(subject: str, rule: str = "import-failure", *evidence: str, message: str = "it fails") -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=subject,
        message=message,
        evidence=evidence,
    )


def failed(package: str, line: str, *files: str, missing: str = "") -> Outcome:
    return Outcome(
        package=package,
        module=package,
        outcome="failed",
        errors=(Link(line.partition(":")[0], line, missing),),
        files=tuple(f"{SITE}/{one}" for one in files),
    )


def failure_of(found: Finding, *outcomes: Outcome) -> Failure:
    examined = Examined(errors=(found,), outcomes=outcomes, environment=environment())
    (failure,) = failures_of(examined, {name: name for name in MODULES})
    return failure


def test_the_files_that_an_exception_passed_through_are_suspected_the_deepest_first() -> None:
    files = (
        "tensorflow/__init__.py",
        "keras/layers.py",
        "tensorflow/core.py",
        "google/protobuf/descriptor.py",
    )
    found = failure_of(
        finding("tensorflow"), failed("tensorflow", "TypeError: Descriptors cannot be created", *files)
    )
    assert found.suspects == ("protobuf", "keras")


def test_what_the_words_name_is_suspected_after_the_files() -> None:
    line = "ImportError: cannot import name 'x' from 'PIL' (unknown location)"
    found = failure_of(finding("tensorflow"), failed("tensorflow", line, "keras/layers.py"))
    assert found.suspects == ("keras", "pillow")
    missing = failed("tensorflow", "ModuleNotFoundError: no", missing="google.protobuf.runtime")
    assert failure_of(finding("tensorflow"), missing).suspects == ("protobuf",)


def test_what_was_imported_or_fails_elsewhere_points_at_nothing() -> None:
    fine = Outcome(package="tensorflow", module="tensorflow", outcome="imported")
    other = failed("keras", "ImportError: PIL", "PIL/Image.py")
    assert failure_of(finding("tensorflow"), fine, other).suspects == ()


def test_the_words_are_those_of_the_exception_or_of_the_rule_that_foresaw_it() -> None:
    seen = "import tensorflow: TypeError: Descriptors cannot be created directly."
    assert failure_of(finding("tensorflow", "import-failure", seen)).words == (
        "tensorflow 1.0 cannot be imported: TypeError: Descriptors cannot be created directly."
    )
    with_file = "import keras: ImportError: no x in 'y' (lib/python3.8/site-packages/y/__init__.py)"
    assert failure_of(finding("keras", "import-failure", with_file)).words.endswith(": no x in 'y'")
    foreseen = finding("tensorflow", "numpy-abi", seen, message="compiled against numpy 1")
    assert failure_of(foreseen).words == "compiled against numpy 1"


def test_a_failure_is_the_same_one_whatever_versions_it_names() -> None:
    def cause(line: str) -> str:
        return failure_of(finding("keras", "import-failure", f"import keras: {line}")).cause

    assert cause("ImportError: protobuf 4.21.0 is too new") == cause(
        "ImportError: protobuf 5.29.6 is too new"
    )
    assert cause("ImportError: protobuf is too new") != cause("ImportError: protobuf is too old")


def test_rows_of_one_table_are_different_failures() -> None:
    rows = ("flask-jinja2", "flask-itsdangerous")
    causes = {failure_of(finding("keras", "known-break", f"(row {row})")).cause for row in rows}
    assert len(causes) == 1  # rows of another package's table are none of this one's


def test_what_is_wrong_with_no_package_is_no_matter_of_releases() -> None:
    examined = Examined(errors=(finding("python", "glibc"),), outcomes=(), environment=environment())
    assert failures_of(examined, {"keras": "keras"}) == ()


def test_what_the_host_lacks_counts_where_an_import_failed_for_it_and_no_release_is_looked_for() -> None:
    seen = "import keras: ImportError: libGL.so.1: cannot open shared object file"
    library = structs.replace(finding("keras", "missing-library", seen), command="apt-get install libgl1")
    assert failure_of(library).is_of_host
    assert not failure_of(structs.replace(library, command="pip install nvidia-cudnn-cu12")).is_of_host
    assert not failure_of(structs.replace(library, command="")).is_of_host
    driver = finding("keras", "cuda-driver", "the driver is 450")
    examined = Examined(errors=(driver,), outcomes=(), environment=environment())
    assert failures_of(examined, {"keras": "keras"}) == ()


def test_a_package_is_called_as_the_lock_calls_it() -> None:
    examined = Examined(errors=(finding("pillow"),), outcomes=(), environment=environment())
    assert [one.package for one in failures_of(examined, {"pillow": "pillow-simd"})] == ["pillow-simd"]
