"""How grave it is that a module could not be imported."""

from samestack.check.finding import Severity
from samestack.check.imports.gravity import gravity_of
from samestack.check.imports.run import Link, Outcome
from samestack.check.python_environment import PythonEnvironment
from tests.check import subjects


def environment() -> PythonEnvironment:
    (found,) = subjects.subject(
        subjects.python(),
        subjects.package(
            "black",
            "26.1",
            {"modules": ("black", "blackd"), "requires": ("click>=8", 'aiohttp; extra == "d"')},
        ),
        subjects.package("django", "5.0", {"modules": ("django",)}),
        subjects.package("numpy", "2.2.6", {"modules": ("numpy",)}),
    ).pythons
    return found


def failed(package: str, module: str, *errors: Link) -> Severity:
    outcome = Outcome(package=package, module=module, outcome="failed", errors=errors)
    return gravity_of(outcome, environment())


def missing(name: str) -> Link:
    return Link("ModuleNotFoundError", f"ModuleNotFoundError: No module named '{name}'", name)


def test_a_failure_is_an_error() -> None:
    assert failed("django", "django", Link("ValueError", "ValueError: no")) is Severity.ERROR
    assert failed("black", "black", missing("aiohttp")) is Severity.ERROR
    died = Outcome(package="numpy", module="numpy", outcome="died", signal="SIGILL")
    assert gravity_of(died, environment()) is Severity.ERROR


def test_a_module_beside_that_lacks_what_an_extra_brings_is_a_note() -> None:
    raised = Link("ImportError", "ImportError: aiohttp dependency is not installed")
    assert failed("black", "blackd", raised, missing("aiohttp")) is Severity.NOTE


def test_a_module_beside_that_lacks_what_its_package_asks_for_or_what_is_there_is_an_error() -> None:
    assert failed("black", "blackd", missing("click")) is Severity.ERROR
    assert failed("black", "blackd", missing("numpy.core")) is Severity.ERROR
    assert failed("black", "blackd", missing("distutils")) is Severity.ERROR


def test_what_only_asks_for_settings_is_a_note() -> None:
    asks = Link("ImproperlyConfigured", "django.core.exceptions.ImproperlyConfigured: settings")
    assert failed("django", "django", asks) is Severity.NOTE


def test_what_did_not_end_or_asked_for_a_network_is_unknown() -> None:
    late = Outcome(package="numpy", module="numpy", outcome="late")
    assert gravity_of(late, environment()) is Severity.UNKNOWN
    assert failed("numpy", "numpy", Link("gaierror", "socket.gaierror: [Errno -3]")) is Severity.UNKNOWN
