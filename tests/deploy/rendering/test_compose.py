"""A Compose file gives a program no more than it has to have, and what it reads is what was meant."""

from typing import Any

import pytest
import yaml

from samestack.deploy.deployment import Configuration, Deployment
from samestack.deploy.rendering.compose import compose_notes, compose_text
from samestack.deploy.scale import Resources, Scale
from tests.deploy.deployments import IMAGE, deployed, variants


def service(deployment: Deployment) -> Any:
    return yaml.safe_load(compose_text(deployment))["services"]["helpdesk"]


@pytest.mark.parametrize("variant", variants())
def test_a_program_may_do_no_more_than_it_has_to(variant: str) -> None:
    said = service(variants()[variant])
    assert said["image"] == str(IMAGE)
    assert said["user"] == "10001:10001"
    assert said["read_only"] is True
    assert said["cap_drop"] == ["ALL"]
    assert said["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in said
    assert all(port.startswith("127.0.0.1:") for port in said.get("ports", ()))


def test_secrets_are_variables_of_compose_itself_or_files() -> None:
    assert service(deployed())["environment"]["DATABASE_PASSWORD"] is None
    document = yaml.safe_load(compose_text(variants()["files"]))
    assert document["secrets"] == {"DATABASE_PASSWORD": {"file": "./secrets/DATABASE_PASSWORD"}}
    assert document["services"]["helpdesk"]["secrets"] == ["DATABASE_PASSWORD"]
    assert "DATABASE_PASSWORD" not in document["services"]["helpdesk"]["environment"]


@pytest.mark.parametrize(
    ("cpu", "cpus", "memory", "bytes_"),
    [
        ("250m", "0.25", "512Mi", f"{512 * 1024**2}b"),
        ("4", "4", "1G", "1000000000b"),
        ("100", "100", "1", "1b"),
    ],
)
def test_amounts_are_in_composes_words(cpu: str, cpus: str, memory: str, bytes_: str) -> None:
    scale = Scale(resources=Resources(limits={"cpu": cpu, "memory": memory}))
    said = service(deployed(scale=scale))["deploy"]["resources"]["limits"]
    assert said == {"cpus": cpus, "memory": bytes_}


def test_what_the_file_leaves_to_others_is_told() -> None:
    (variables,) = compose_notes(deployed())
    assert variables.endswith("samestack run --profile production -- docker compose up")
    (files,) = compose_notes(deployed(has_secret_files=True))
    assert "./secrets" in files
    assert not list(compose_notes(deployed(configuration=Configuration())))
