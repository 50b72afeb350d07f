"""Where the failure of an import is told."""

from samestack.check.finding import Finding, Severity
from samestack.check.imports.attribution import attributed
from samestack.check.imports.run import Link, Outcome
from samestack.check.python_environment import PythonEnvironment
from samestack.model import Layer
from tests.check import subjects

SITE = "/opt/venv/lib/python3.10/site-packages"


def environment() -> PythonEnvironment:
    packages = {"pandas": "pandas", "scikit-learn": "sklearn", "pillow": "PIL", "opencv-python": "cv2"}
    (found,) = subjects.subject(
        subjects.python(),
        *(subjects.package(name, "1.0", {"modules": (module,)}) for name, module in packages.items()),
    ).pythons
    return found


def finding(subject: str, severity: Severity = Severity.ERROR, rule: str = "numpy-abi") -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        layer=Layer.PACKAGES,
        subject=subject,
        message="broken",
        evidence=("read",),
    )


def failure(package: str, line: str, *files: str, missing: str = "", module: str = "it") -> Outcome:
    return Outcome(
        package=package,
        module=module,
        outcome="failed",
        errors=(Link(line.partition(":")[0], line, missing),),
        files=tuple(f"{SITE}/{one}" for one in files),
    )


def test_what_is_imported_changes_nothing() -> None:
    fine = Outcome(package="pandas", module="pandas", outcome="imported")
    assert attributed([finding("pandas")], [fine], environment()) == (finding("pandas"),)


def test_a_failure_is_evidence_of_the_finding_about_its_package() -> None:
    told = attributed(
        [finding("pillow"), finding("pandas")], [failure("pandas", "ValueError: size")], environment()
    )
    assert [one.evidence for one in told] == [("read",), ("read", "import it: ValueError: size")]


def test_what_could_happen_and_did_is_an_error_from_now_on() -> None:
    (told,) = attributed(
        [finding("pandas", Severity.WARNING)], [failure("pandas", "ValueError: size")], environment()
    )
    assert told.severity is Severity.ERROR


def test_an_error_explains_more_than_a_warning() -> None:
    findings = [finding("pandas", Severity.WARNING, "known-break"), finding("pandas")]
    told = attributed(findings, [failure("pandas", "ValueError: size")], environment())
    assert [len(one.evidence) for one in told] == [1, 2]


def test_a_failure_is_evidence_of_a_finding_about_a_package_that_the_traceback_passed_through() -> None:
    failed = failure("scikit-learn", "ValueError: size", "sklearn/__init__.py", "pandas/_libs/__init__.py")
    (told,) = attributed([finding("pandas")], [failed], environment())
    assert told.evidence[-1] == "import it: ValueError: size"


def test_a_failure_is_evidence_of_a_finding_about_what_its_own_words_name() -> None:
    library = finding("libGL.so.1", rule="missing-library")
    failed = failure("opencv-python", "ImportError: libGL.so.1: cannot open shared object file")
    (told,) = attributed([library], [failed], environment())
    assert len(told.evidence) == 2
    lacking = failure("scikit-learn", "ModuleNotFoundError: No module named 'PIL'", missing="PIL.Image")
    (told,) = attributed([finding("pillow")], [lacking], environment())
    assert len(told.evidence) == 2


def test_what_is_only_noted_or_unknown_explains_nothing() -> None:
    for severity in (Severity.NOTE, Severity.UNKNOWN):
        told = attributed(
            [finding("pandas", severity)], [failure("pandas", "ValueError: size")], environment()
        )
        assert [one.rule for one in told] == ["numpy-abi", "import-failure"]


def test_a_finding_about_another_python_explains_nothing() -> None:
    elsewhere = Finding(
        rule="numpy-abi",
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject="pandas",
        at="usr",
        message="x",
    )
    assert len(attributed([elsewhere], [failure("pandas", "ValueError: size")], environment())) == 2


def test_a_failure_that_nothing_foresaw_is_a_finding_with_the_last_line() -> None:
    outcomes = [
        failure("pandas", "OSError: disk", module="pandas"),
        Outcome(
            package="pillow",
            module="PIL",
            outcome="died",
            signal="SIGILL",
            output="Fatal\n\n  File 'a.py'\nx",
        ),
        Outcome(package="opencv-python", module="cv2", outcome="left", status=3, output="bye\n"),
    ]
    told = {one.subject: one for one in attributed([], outcomes, environment())}
    assert {one.severity for one in told.values()} == {Severity.ERROR}
    assert told["pandas"].evidence == ("import pandas: OSError: disk",)
    assert told["pandas"].message == "pandas cannot be imported, and no other rule foresaw it"
    assert told["pillow"].message.startswith("the import of PIL dies of SIGILL")
    assert told["pillow"].evidence == ("import PIL: died of SIGILL; the last that it printed: File 'a.py'",)
    assert told["opencv-python"].evidence == ("import cv2: status 3; the last that it printed: bye",)


def test_failures_of_one_package_are_one_finding() -> None:
    outcomes = [failure("pandas", "OSError: disk", module=f"part{number}") for number in range(9)]
    (told,) = attributed([], outcomes, environment())
    assert len(told.evidence) == 6
    assert told.evidence[-1] == "and 4 modules more"


def test_where_it_began_is_told_too() -> None:
    errors = (Link("ImportError", "ImportError: numpy"), Link("OSError", "OSError: libx.so.1"))
    outcome = Outcome(package="pandas", module="pandas", outcome="failed", errors=errors)
    (told,) = attributed([], [outcome], environment())
    assert told.evidence == ("import pandas: ImportError: numpy (it began with OSError: libx.so.1)",)


def test_credentials_in_a_message_are_cut_out() -> None:
    failed = failure("pandas", "ValueError: https://ada:secret@example.org/x")
    (told,) = attributed([], [failed], environment())
    assert "secret" not in told.evidence[0]
