"""Provenance says what the image says of itself, in the words of in-toto and SLSA."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.errors import RequestError
from samestack.image.attesting.builder import UNNAMED, Builder, builder_of
from samestack.image.attesting.provenance import BUILD_TYPE, provenance_of
from samestack.image.attesting.statement import PROVENANCE_TYPE, statement_bytes
from samestack.oci.digests import digest_of
from tests.image.attesting.images import PACKAGING, PLUS, STACK, built, foreign


def statement(directory: Path) -> dict[str, Any]:
    image = built(directory)
    builder = Builder(identifier="https://ci.example.com/builders/1", invocation="https://ci.example.com/7")
    data = statement_bytes(image, PROVENANCE_TYPE, provenance_of(image, builder))
    document: dict[str, Any] = msgspec.json.decode(data)
    assert document["subject"] == [
        {"name": "helpdesk", "digest": {"sha256": image.descriptor.digest.removeprefix("sha256:")}}
    ]
    return document


def test_the_statement_is_one_of_in_toto(tmp_path: Path) -> None:
    document = statement(tmp_path)
    assert document["_type"] == "https://in-toto.io/Statement/v1"
    assert document["predicateType"] == "https://slsa.dev/provenance/v1"
    assert document.keys() == {"_type", "subject", "predicateType", "predicate"}


def test_everything_that_went_in_is_named_by_its_digest(tmp_path: Path) -> None:
    definition = statement(tmp_path)["predicate"]["buildDefinition"]
    assert definition["buildType"] == BUILD_TYPE
    assert definition["externalParameters"] == {
        "base": "registry.example.com/debian:bookworm",
        "lock": digest_of(b"lock"),
        "platform": "linux/amd64",
        "stack": STACK,
    }
    assert definition["resolvedDependencies"] == [
        {"name": "lock", "digest": {"sha256": digest_of(b"lock")[7:]}},
        {"name": "registry.example.com/debian:bookworm", "digest": {"sha256": digest_of(b"base")[7:]}},
        {"name": "source", "digest": {"gitCommit": "a" * 40}},
        {"name": "packaging", "uri": "pkg:pypi/packaging@24.1", "digest": {"sha256": PACKAGING}},
        {"name": "torch", "uri": "pkg:pypi/torch@2.3.0%2Bcpu", "digest": {"sha256": PLUS}},
    ]


def test_who_built_it_and_in_which_run(tmp_path: Path) -> None:
    details = statement(tmp_path)["predicate"]["runDetails"]
    assert details["builder"]["id"] == "https://ci.example.com/builders/1"
    assert details["builder"]["version"].keys() == {"samestack"}
    assert details["metadata"] == {"invocationId": "https://ci.example.com/7"}


def test_no_clock_is_asked(tmp_path: Path) -> None:
    assert statement(tmp_path / "one") == statement(tmp_path / "two")


def test_of_anothers_image_only_the_platform_is_known(tmp_path: Path) -> None:
    definition = provenance_of(foreign(tmp_path), Builder(identifier=UNNAMED)).build_definition
    assert definition.external_parameters == {"platform": "linux/amd64"}
    assert definition.resolved_dependencies == ()


def test_a_workflow_of_github_is_known() -> None:
    variables = {
        "GITHUB_SERVER_URL": "https://git.example.com",
        "GITHUB_WORKFLOW_REF": "team/app/.github/workflows/image.yml@refs/heads/main",
        "GITHUB_REPOSITORY": "team/app",
        "GITHUB_RUN_ID": "12",
        "GITHUB_RUN_ATTEMPT": "2",
    }
    found = builder_of(variables)
    assert found.identifier == "https://git.example.com/team/app/.github/workflows/image.yml@refs/heads/main"
    assert found.invocation == "https://git.example.com/team/app/actions/runs/12/attempts/2"


def test_a_runner_of_gitlab_is_known() -> None:
    variables = {
        "CI_PROJECT_URL": "https://lab.example.com/team/app",
        "CI_RUNNER_ID": "3",
        "CI_JOB_URL": "https://lab.example.com/team/app/-/jobs/9",
    }
    found = builder_of(variables)
    assert found.identifier == "https://lab.example.com/team/app/-/runners/3"
    assert found.invocation == "https://lab.example.com/team/app/-/jobs/9"


def test_a_builder_can_be_named_and_a_machine_has_no_name() -> None:
    assert builder_of({}, "https://ci.example.com/b").identifier == "https://ci.example.com/b"
    assert builder_of({}).identifier == UNNAMED
    for text in ("here", "https://a b", "https://a\n"):
        with pytest.raises(RequestError, match="names no builder"):
            builder_of({}, text)
