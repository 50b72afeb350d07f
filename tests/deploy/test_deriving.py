"""From a project, a profile and an image to what is deployed: where each part comes from."""

from pathlib import Path
from typing import Final

import pytest

from samestack.config.schema.field import Field
from samestack.deploy.deployment import Deployment, Health, SecretReference
from samestack.deploy.deriving import Target, configuration, deployment
from samestack.deploy.scale import Autoscaling
from samestack.errors import InputError, RequestError
from samestack.project.reading import read_project
from tests.config.configurations import resolution, value
from tests.deploy.deployments import IMAGE

EXAMPLE: Final = Path(__file__).parents[2] / "examples/visionaryai/helpdesk-agent"
IN_CLUSTER: Final = "kubernetes-secret:support/passwords"
LOCK: Final = 'lock-version = "1.0"\ncreated-by = "samestack"\npackages = []\n'
NAMESPACES: Final = """
    [tool.samestack.environments]
    production = "venv:.venv"
    [tool.samestack.deploy]
    namespace = "everywhere"
    environments.production = { namespace = "own" }
    """


def derived(directory: Path, manifest: str, lock: str = LOCK, target: Target | None = None) -> Deployment:
    (directory / "pyproject.toml").write_text(manifest)
    (directory / "pylock.toml").write_text(lock)
    return deployment(read_project(directory), resolution(), IMAGE, target or Target())


def test_the_helpdesk_agent_is_deployed_as_its_manifest_and_its_lock_say() -> None:
    said = deployment(read_project(EXAMPLE), resolution(value("LOG_LEVEL", "INFO")), IMAGE, Target())
    assert (said.name, said.port, said.user, said.group) == ("helpdesk-agent", 8001, 10001, 10001)
    assert said.health == Health(path="/health")
    assert said.stack_digest.startswith("sha256:")
    assert said.driver
    assert said.scale.autoscaling == Autoscaling(minimum=2, maximum=6)
    assert said.configuration.plain == {"LOG_LEVEL": "INFO", "SAMESTACK_PROFILE": "test"}


def test_health_is_the_images_but_for_what_the_probes_say(tmp_path: Path) -> None:
    of_image = "[tool.samestack.image.health]\ncommand = ['ask']\ninterval = 7\nstart-period = 90\n"
    assert derived(tmp_path, of_image).health == Health(command=("ask",), interval=7, start=90)
    probes = "[tool.samestack.deploy]\nprobes = { path = '/up', seconds = 3, failures = 9 }\n"
    said = derived(tmp_path, of_image + probes).health
    assert said == Health(path="/up", interval=3, start=90, failures=9)


@pytest.mark.parametrize(
    ("of_lock", "of_settings", "architecture", "digest"),
    [
        ('digests = { linux-64 = "a", linux-aarch64 = "b" }', "", "amd64", "a"),
        ('digests = { linux-aarch64 = "b", osx-arm64 = "c" }', "", "arm64", "b"),
        ('digests = { linux-64 = "a", linux-aarch64 = "b" }', 'platform = "linux-aarch64"', "arm64", "b"),
        ("", "", "amd64", ""),
    ],
)
def test_the_platform_is_the_locks(
    tmp_path: Path, of_lock: str, of_settings: str, architecture: str, digest: str
) -> None:
    lock = f"{LOCK}\n[tool.samestack]\n{of_lock}\n"
    said = derived(tmp_path, f"[tool.samestack.deploy]\n{of_settings}\n", lock)
    assert (said.platform.architecture, said.stack_digest) == (architecture, digest)


@pytest.mark.parametrize(
    ("target", "namespace"),
    [
        (Target(), "everywhere"),
        (Target(environment="staging", reference="container:helpdesk"), "everywhere"),
        (Target(environment="staging", reference="kubernetes:told/helpdesk"), "told"),
        (Target(environment="production", reference="container:helpdesk"), "own"),
        (Target(environment="production", reference="kubernetes:own/helpdesk"), "own"),
    ],
)
def test_the_namespace_is_the_references_else_the_environments_own_else_everybodys(
    tmp_path: Path, target: Target, namespace: str
) -> None:
    assert derived(tmp_path, NAMESPACES, target=target).namespace == namespace


def test_two_namespaces_of_one_environment_are_refused(tmp_path: Path) -> None:
    target = Target(environment="production", reference="kubernetes:told/helpdesk")
    with pytest.raises(RequestError, match="its namespace is 'own'"):
        derived(tmp_path, NAMESPACES, target=target)


def test_a_secret_is_referred_to_where_it_stands_in_the_namespace() -> None:
    fields = tuple(Field(name=name, is_secret=True) for name in ("PASSWORD", "TOKEN"))
    said = resolution(
        value("PASSWORD", "canary", source=IN_CLUSTER, key="database-password"),
        value("TOKEN", "canary", source="vault:helpdesk", key="token"),
        fields=fields,
    )
    token = SecretReference(variable="TOKEN", secret="helpdesk", key="TOKEN")
    here = SecretReference(variable="PASSWORD", secret="passwords", key="database-password")
    assert configuration(said, "helpdesk", "support").secrets == (here, token)
    there = SecretReference(variable="PASSWORD", secret="helpdesk", key="PASSWORD")
    assert configuration(said, "helpdesk", "elsewhere").secrets == (there, token)
    assert "canary" not in repr(configuration(said, "helpdesk", "support"))


@pytest.mark.parametrize("user", ["app", "0", "0:0", "10001:staff"])
def test_who_cannot_be_told_from_root_runs_nothing(tmp_path: Path, user: str) -> None:
    with pytest.raises(InputError, match=r"tool\.samestack\.image\.user"):
        derived(tmp_path, f"[tool.samestack.image]\nuser = '{user}'\n")


def test_a_name_that_no_service_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="'3d-scanner' can be the name of no service"):
        derived(tmp_path, "[project]\nname = '3d-scanner'\nversion = '1'\n")
