"""Rendered Compose files, read by Docker Compose itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.deploy.deployment import Configuration, Deployment
from samestack.deploy.rendering.compose import compose_text
from samestack.process import run
from tests.deploy.deployments import IMAGE, SECRET, deployed, variants
from tests.services.compose_program import compose_program

pytestmark = pytest.mark.service


def read(deployment: Deployment, directory: Path, **variables: str) -> Any:
    """The file as Compose understands it, in its own words."""
    file = directory / "compose.yaml"
    file.write_text(compose_text(deployment))
    command: list[str | Path] = [compose_program(), "--file", file, "config", "--format", "json"]
    return json.loads(run(command, environment=variables, timeout=60).output)


@pytest.mark.parametrize("variant", variants())
def test_compose_accepts_it(variant: str, tmp_path: Path) -> None:
    deployment = variants()[variant]
    said = read(deployment, tmp_path, DATABASE_PASSWORD="of the test")
    assert said["name"] == "helpdesk"
    service = said["services"]["helpdesk"]
    assert service["image"] == str(IMAGE)
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_a_value_is_read_as_it_is(tmp_path: Path) -> None:
    plain = {"A": "$HOME ${HOME} $$", "B": "yes", "C": "01", "D": "a\nb\n", "E": "", "F": "é: #'\""}
    said = read(deployed(configuration=Configuration(plain=plain)), tmp_path)
    assert said["services"]["helpdesk"]["environment"] == {
        name: text.replace("$", "$$") for name, text in plain.items()
    }  # config escapes what it prints, so that it could be read again


def test_a_secret_comes_from_the_environment_of_compose(tmp_path: Path) -> None:
    deployment = deployed(configuration=Configuration(secrets=(SECRET,)))
    said = read(deployment, tmp_path, DATABASE_PASSWORD="of the test")
    assert said["services"]["helpdesk"]["environment"] == {"DATABASE_PASSWORD": "of the test"}


def test_what_the_program_may_use(tmp_path: Path) -> None:
    said = read(variants()["gpus"], tmp_path)["services"]["helpdesk"]
    resources = said["deploy"]["resources"]
    assert resources["limits"] == {"memory": str(2 * 1024**3)}
    assert resources["reservations"]["memory"] == str(1024**3)
    assert float(resources["reservations"]["cpus"]) == 0.5
    (device,) = resources["reservations"]["devices"]
    assert (device["driver"], device["count"], device["capabilities"]) == ("nvidia", 2, ["gpu"])
    (port,) = said["ports"]
    assert (port["host_ip"], port["target"], port["published"]) == ("127.0.0.1", 8001, "8001")
