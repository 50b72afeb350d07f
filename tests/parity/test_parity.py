"""Parity on environments that are there: drift of every kind is planted, and found by its own message."""

from pathlib import Path

import pytest

from samestack.check.finding import Severity
from samestack.errors import InputError, RequestError
from samestack.parity.parity import parity
from samestack.parity.report import Verdict
from samestack.parity.request import ParityRequest
from samestack.progress import SILENT
from tests.oci.small_images import file, small_image, tar, write_layout
from tests.parity.planted_project import (
    ENVIRONMENTS,
    PACKAGES,
    asked,
    environment,
    project,
    root,
    silent_port,
    told,
)

THREE = """
[tool.samestack.environments]
development = "venv:dev"
staging = { reference = "venv:staging", after = "development" }
production = { reference = "venv:production", after = "staging" }
"""
IMAGE_FILES = {
    "etc/os-release": "ID=debian\nVERSION_ID=12\n",
    "usr/local/bin/python3.11": "",
    "usr/local/lib/python3.11/os.py": "",
    **{
        f"usr/local/lib/python3.11/site-packages/{name.replace('-', '_')}-{version}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        for name, version in PACKAGES.items()
    },
}
ROOTS = """
[tool.samestack.environments]
staging = "rootfs:staging"
production = { reference = "rootfs:production", after = "staging" }
"""


@pytest.fixture
def helpdesk(tmp_path: Path) -> Path:
    """A project of which two environments are what its lock says."""
    environment(tmp_path / "dev")
    environment(tmp_path / "staging")
    return project(tmp_path)


def test_it_holds_where_every_environment_is_as_locked(helpdesk: Path) -> None:
    report = asked(helpdesk)
    assert told(report) == []
    assert report.standing is Verdict.HOLDS
    assert report.has_passed
    assert report.lock == "pylock.toml"
    assert [one.environment for one in report.states] == ["development", "staging"]
    assert all(one.digest == one.locked_digest != "" for one in report.states)
    assert all(one.packages == len(PACKAGES) for one in report.states)


def test_three_releases_of_one_package_are_named(tmp_path: Path) -> None:
    for name, version in (("dev", "4.8.1.78"), ("staging", "4.5.5.64"), ("production", "4.6.0.66")):
        environment(tmp_path / name, {**PACKAGES, "opencv-python": version})
    report = asked(project(tmp_path, THREE))
    (finding,) = report.findings
    assert (finding.rule, finding.severity, finding.subject) == (
        "stack-differs",
        Severity.ERROR,
        "opencv-python",
    )
    assert finding.message == (
        "opencv-python is 4.8.1.78 in development, 4.5.5.64 in staging, 4.6.0.66 in production; "
        "the lock says 4.8.1.78"
    )
    assert [one.standing for one in report.states] == [Verdict.HOLDS, Verdict.FAILS, Verdict.FAILS]
    assert not report.has_passed


def test_a_package_more_and_one_less_are_named(helpdesk: Path, tmp_path: Path) -> None:
    environment(tmp_path / "other", {"numpy": "1.26.4", "requests": "2.31.0"})
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:other"))
    messages = [message for _, _, message in told(asked(helpdesk))]
    assert sorted(messages) == [
        "opencv-python is 4.8.1.78 in development, absent in staging; the lock says 4.8.1.78",
        "requests is absent in development, 2.31.0 in staging; the lock does not have it",
    ]


def test_what_installers_bring_is_no_drift(helpdesk: Path, tmp_path: Path) -> None:
    environment(tmp_path / "seeded", {**PACKAGES, "pip": "24.0", "setuptools": "69.0", "helpdesk": "1.0"})
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:seeded"))
    assert asked(helpdesk).has_passed


def test_another_interpreter_is_found(helpdesk: Path, tmp_path: Path) -> None:
    environment(tmp_path / "older", python="3.10.13")
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:older"))
    findings = told(asked(helpdesk))
    assert (
        "stack-differs",
        "error",
        "the interpreter is 3.11.7 in development, 3.10.13 in staging; the lock is for 3.11",
    ) in findings


def test_another_release_of_the_locked_series_is_noted_alone(helpdesk: Path, tmp_path: Path) -> None:
    environment(tmp_path / "later", python="3.11.9")
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:later"))
    report = asked(helpdesk)
    assert [severity for _, severity, _ in told(report)] == ["note"]
    assert report.has_passed


def test_a_package_of_the_operating_system_is_found(tmp_path: Path) -> None:
    root(tmp_path / "staging", {"libssl3": "3.0.15-1", "zlib1g": "1.2.13"})
    root(tmp_path / "production", {"libssl3": "3.0.11-1", "zlib1g": "1.2.13"})
    (finding,) = asked(project(tmp_path, ROOTS)).findings
    assert finding.message == "libssl3 is 3.0.15-1 in staging, 3.0.11-1 in production"
    assert (finding.rule, finding.layer, finding.at) == ("stack-differs", "system", "production")


def test_a_crowd_of_packages_is_one_finding(tmp_path: Path) -> None:
    many = [f"lib{number}" for number in range(40)]
    root(tmp_path / "staging", dict.fromkeys(many, "1"))
    root(tmp_path / "production", dict.fromkeys(many, "2"))
    (finding,) = asked(project(tmp_path, ROOTS)).findings
    assert finding.message == "40 packages of the operating system differ in production"
    assert len(finding.evidence) == 40


def test_an_environment_that_is_not_there_is_unknown_and_never_equal(helpdesk: Path) -> None:
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:gone"))
    report = asked(helpdesk)
    ((rule, severity, message),) = told(report)
    assert (rule, severity) == ("environment-unreachable", "unknown")
    assert message.startswith("staging is unknown: ")
    assert "gone" in message
    assert [one.standing for one in report.states] == [Verdict.HOLDS, Verdict.UNKNOWN]
    assert report.states[1].digest == ""
    assert report.standing is Verdict.UNKNOWN
    assert not report.has_passed


def test_a_registry_that_never_answers_is_unknown_after_its_time(helpdesk: Path) -> None:
    with silent_port() as port:
        reference = f"registry:127.0.0.1:{port}/helpdesk:1"
        project(helpdesk, ENVIRONMENTS.replace("venv:staging", reference))
        report = asked(helpdesk, seconds=1.5)
    ((rule, _, message),) = told(report)
    assert rule == "environment-unreachable"
    assert message == "staging is unknown: no answer within 1.5 seconds"


def test_without_a_lock_they_are_held_against_each_other(helpdesk: Path, tmp_path: Path) -> None:
    (helpdesk / "pylock.toml").unlink()
    environment(tmp_path / "other", {**PACKAGES, "numpy": "2.0.0"})
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:other"), lock=None)
    rules = [rule for rule, _, _ in told(asked(helpdesk))]
    assert sorted(rules) == ["stack-differs", "stack-unlocked"]


def test_a_requirements_file_is_a_wish_that_the_lock_meets_or_not(helpdesk: Path) -> None:
    (helpdesk / "requirements.txt").write_text("numpy>=1.21\nopencv-python==4.5.5.64\n")
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "requirements.txt"))
    (finding,) = asked(helpdesk).findings
    assert (finding.subject, finding.at) == ("opencv-python", "staging")
    assert "4.5.5.64 in staging" in finding.message


def test_some_environments_alone_may_be_asked(helpdesk: Path) -> None:
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:gone"))
    assert asked(helpdesk, "development").has_passed


def test_there_must_be_such_an_environment(helpdesk: Path) -> None:
    with pytest.raises(RequestError) as caught:
        asked(helpdesk, "stagign")
    assert caught.value.hint == "did you mean 'staging'?"


def test_there_must_be_some_environment(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no environment is named"):
        asked(project(tmp_path, ""))


def test_a_reference_of_no_kind_is_refused_with_its_place(helpdesk: Path) -> None:
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venf:staging"))
    with pytest.raises(InputError) as caught:
        asked(helpdesk)
    assert caught.value.place == "tool.samestack.environments.staging.reference"


def test_an_image_that_moved_is_told_by_the_history(tmp_path: Path, helpdesk: Path) -> None:
    image = small_image(tar(*(file(path, text) for path, text in IMAGE_FILES.items())))
    write_layout(tmp_path / "image", image)
    named, other = image.descriptor.digest, f"sha256:{'a' * 64}"
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "oci:image"))
    (finding,) = parity(history_of(helpdesk, other), SILENT).findings
    assert finding.rule == "image-moved"
    assert finding.evidence == (f"named now: {named}", f"deployed: {other}")
    report = parity(history_of(helpdesk, named), SILENT)
    assert told(report) == []
    assert report.states[1].image_digest == named


def history_of(project: Path, digest: str) -> ParityRequest:
    """A project whose history says that this digest was deployed to staging last."""
    return ParityRequest(
        project=project, variables={}, deployed=lambda name: digest if name == "staging" else ""
    )
