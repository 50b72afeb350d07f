"""Hosts held against what the stack needs, as the recorded answers of NVIDIA's library tell them."""

from pathlib import Path

from samestack.check.catalogue import rules
from samestack.codec import encode_snapshot
from samestack.model import Snapshot
from samestack.parity.host_law import HOST_RULES
from samestack.parity.report import Verdict
from tests.check.recorded_hosts import recorded_host
from tests.check.subjects import glibc
from tests.parity.planted_project import asked, environment, project, told

HOSTED = """
[tool.samestack.environments]
development = "venv:dev"
production = { reference = "venv:dev", host = "production.json", after = "development" }
"""


def hosted(directory: Path, host: Snapshot, needs: str) -> Path:
    """A project whose production runs on a recorded host."""
    environment(directory / "dev")
    (directory / "production.json").write_bytes(encode_snapshot(host))
    return project(directory, HOSTED, lock=f"[tool.samestack.host]\n{needs}\n")


def test_every_rule_about_hosts_is_one_of_a_check() -> None:
    assert set(HOST_RULES) <= {rule.id for rule in rules()}


def test_a_driver_that_is_too_old_is_found(tmp_path: Path) -> None:
    report = asked(
        hosted(tmp_path, recorded_host("v100-driver-450.json"), 'driver = "525.60.13"\ncuda = "12.0"')
    )
    ((rule, severity, message),) = told(report)
    assert (rule, severity) == ("host-unsatisfied", "error")
    assert message.startswith("the lock needs the NVIDIA driver 525.60.13, and the host has 450.")
    assert report.findings[0].evidence[0] == "host: production.json"
    assert report.findings[0].at == "production"
    assert [one.standing for one in report.states] == [Verdict.HOLDS, Verdict.FAILS]


def test_a_driver_that_is_new_enough_satisfies(tmp_path: Path) -> None:
    assert asked(hosted(tmp_path, recorded_host("h200-driver-580.json"), 'driver = "525.60.13"')).has_passed


def test_a_c_library_that_is_too_old_is_found(tmp_path: Path) -> None:
    host = recorded_host("h200-driver-580.json", glibc("2.28"))
    ((rule, _, message),) = told(asked(hosted(tmp_path, host, 'glibc = "2.34"')))
    assert (rule, message) == ("host-unsatisfied", "the lock needs glibc 2.34, and the system has 2.28")


def test_a_host_that_cannot_be_read_makes_its_environment_unknown(tmp_path: Path) -> None:
    directory = hosted(tmp_path, recorded_host("h200-driver-580.json"), 'glibc = "2.17"')
    (directory / "production.json").unlink()
    ((rule, severity, message),) = told(asked(directory))
    assert (rule, severity) == ("environment-unreachable", "unknown")
    assert message.startswith("production is unknown: its host production.json: ")
