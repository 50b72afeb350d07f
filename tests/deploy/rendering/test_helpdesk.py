"""VisionaryAI's helpdesk agent as its own manifest and lock have it rendered, under two profiles."""

from pathlib import Path
from typing import Any, Final

import kubernetes_validate
import pytest
import yaml

from samestack.config.resolution import Resolution
from samestack.config.schema.reading import read_schema
from samestack.config.settings import config_settings
from samestack.deploy.deriving import Target, deployment
from samestack.deploy.rendering.compose import compose_text
from samestack.deploy.rendering.kubernetes.files import one_text
from samestack.deploy.rendering.kubernetes.manifests import manifests
from samestack.project.reading import read_project
from tests.config.configurations import value
from tests.deploy.deployments import IMAGE

EXAMPLE: Final = Path(__file__).parents[3] / "examples/visionaryai/helpdesk-agent"
CANARY: Final = "canary-of-the-helpdesk"
VALUES: Final = {
    "staging": {"MAX_WORKERS": 4, "DATABASE_URL": "postgresql://helpdesk@db-staging/helpdesk"},
    "production": {"MAX_WORKERS": 20, "DATABASE_URL": "postgresql://helpdesk@db/helpdesk"},
}


def of(profile: str) -> Resolution:
    """The profile with what its stores would say, under the project's own schema."""
    file = EXAMPLE / "pyproject.toml"
    schema = read_schema(config_settings(file), file, EXAMPLE, None)
    values = {**VALUES[profile], "HELPDESK_HOST": "::", "DATABASE_PASSWORD": CANARY}
    return Resolution(
        profile=profile,
        project=EXAMPLE,
        schema=schema,
        values=tuple(value(name, said) for name, said in values.items()),
        sources=(),
    )


def documents(profile: str) -> dict[str, Any]:
    text = one_text(manifests(deployment(read_project(EXAMPLE), of(profile), IMAGE, Target())))
    assert CANARY not in text
    return {one["kind"]: one for one in yaml.safe_load_all(text)}


@pytest.mark.parametrize("version", ["1.25", "1.31", "1.37"])
@pytest.mark.parametrize("profile", VALUES)
def test_its_manifests_hold_under_the_schemas(profile: str, version: str) -> None:
    for document in documents(profile).values():
        kubernetes_validate.validate(document, version, strict=True)


def test_its_image_is_the_same_under_both_profiles_and_its_configuration_is_not() -> None:
    staging, production = documents("staging"), documents("production")
    assert list(staging) == list(production)
    assert [kind for kind in staging if staging[kind] != production[kind]] == ["ConfigMap", "Deployment"]
    assert production["ConfigMap"]["data"] == {
        "DATABASE_URL": "postgresql://helpdesk@db/helpdesk",
        "HELPDESK_HOST": "::",
        "MAX_WORKERS": "20",
        "SAMESTACK_PROFILE": "production",
    }
    for one in (staging, production):
        (container,) = one["Deployment"]["spec"]["template"]["spec"]["containers"]
        assert container["image"] == str(IMAGE)
        assert container["livenessProbe"]["httpGet"] == {"path": "/health", "port": "http"}
        assert [variable["name"] for variable in container["env"]] == ["DATABASE_PASSWORD"]


@pytest.mark.parametrize("profile", VALUES)
def test_its_compose_file_has_its_configuration_and_no_secret(profile: str) -> None:
    text = compose_text(deployment(read_project(EXAMPLE), of(profile), IMAGE, Target()))
    assert CANARY not in text
    service = yaml.safe_load(text)["services"]["helpdesk-agent"]
    assert service["environment"]["DATABASE_PASSWORD"] is None
    assert service["environment"]["MAX_WORKERS"] == str(VALUES[profile]["MAX_WORKERS"])
    assert service["ports"] == ["127.0.0.1:8001:8001"]
