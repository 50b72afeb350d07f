"""``[tool.samestack.deploy]``: read, and refused at the place of what cannot be meant."""

from pathlib import Path

import pytest

from samestack.deploy.scale import Autoscaling, Resources, Scale
from samestack.deploy.settings import DeploySettings, deploy_settings
from samestack.errors import InputError

ENVIRONMENTS = """
[tool.samestack.environments]
staging = { reference = "venv:.venv", profile = "staging" }
production = { reference = "kubernetes:support/helpdesk", profile = "production" }
"""


def settings(directory: Path, text: str) -> DeploySettings:
    file = directory / "pyproject.toml"
    file.write_text(f"[tool.samestack.deploy]\n{text}\n{ENVIRONMENTS}")
    return deploy_settings(file)


def test_without_a_file_or_a_table_everything_is_left_out(tmp_path: Path) -> None:
    assert deploy_settings(tmp_path / "pyproject.toml") == DeploySettings()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'a'\n")
    assert deploy_settings(tmp_path / "pyproject.toml") == DeploySettings()


def test_an_environment_has_the_scale_of_all_but_for_what_it_says(tmp_path: Path) -> None:
    said = settings(
        tmp_path,
        """
        replicas = 2
        resources = { requests = { cpu = "500m" } }
        autoscaling = { minimum = 2, maximum = 4 }
        environments.production = { autoscaling = { minimum = 3, maximum = 9, cpu = 60 }, replicas = 3 }
        """,
    )
    resources = Resources(requests={"cpu": "500m"})
    assert said.scale("staging") == Scale(
        replicas=2, resources=resources, autoscaling=Autoscaling(minimum=2, maximum=4)
    )
    assert said.scale("production") == Scale(
        replicas=3, resources=resources, autoscaling=Autoscaling(minimum=3, maximum=9, cpu=60)
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("replica = 2", "deploy.replica", "there is no such key"),
        ("probes = { paht = '/' }", "deploy.probes.paht", "there is no such key"),
        ("environments.prodution = {}", "deploy.environments.prodution", "no environment 'prodution'"),
        ("environments.production = { gpus = 1 }", "environments.production.gpus", "there is no such key"),
        ("replicas = '2'", "deploy.replicas", "Expected `int`"),
        ("replicas = -1", "deploy.replicas", "cannot be meant"),
        ("name = 'Help_desk'", "deploy.name", "the name of no workload"),
        ("name = 'a.b'", "deploy.name", "the name of no workload"),
        ("namespace = 'a/b'", "deploy.namespace", "the name of no namespace"),
        ("environments.staging = { namespace = 'A' }", "environments.staging.namespace", "no namespace"),
        ("image = 'agent'", "deploy.image", "names no image"),
        ("image = 'registry.example.com/agent:1.0'", "deploy.image", "the tag '1.0'"),
        ("platform = 'win-64'", "deploy.platform", "no image is for"),
        ("port = 70000", "deploy.port", "is no port"),
        ("gpus = -1", "deploy.gpus", "no number of GPUs"),
        ("probes = { path = 'health' }", "deploy.probes.path", "is no path"),
        ("probes = { seconds = 0 }", "deploy.probes.seconds", "cannot be meant"),
        ("resources = { requests = { cpu = '1 core' } }", "resources.requests.cpu", "is no quantity"),
        ("resources = { limits = { cpus = '1' } }", "resources.limits.cpus", "no resource 'cpus'"),
        (
            "resources = { requests = { memory = '2Gi' }, limits = { memory = '512Mi' } }",
            "resources.requests.memory",
            "2Gi is asked for, and 512Mi is the limit",
        ),
        (
            "autoscaling = { minimum = 3, maximum = 2 }\nresources = { requests = { cpu = '1' } }",
            "deploy.autoscaling",
            "no range of replicas",
        ),
        ("autoscaling = { minimum = 1, maximum = 2 }", "autoscaling.cpu", "what is it percent of?"),
        (
            "environments.staging = { autoscaling = { minimum = 1, maximum = 2 } }",
            "environments.staging.autoscaling",
            "in one environment and not in the others",
        ),
        ("writable = ['tmp']", "deploy.writable[0]", "is no directory"),
        ("writable = ['/tmp', '/tmp']", "deploy.writable", "named twice"),
        ("secrets = 'flags'", "deploy.secrets", "nothing is handed over as 'flags'"),
        ("kubernetes = 'new'", "deploy.kubernetes", "no range of versions"),
        ("kubernetes = ''", "deploy.kubernetes", "no range of versions"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(
    tmp_path: Path, text: str, place: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        settings(tmp_path, text)
    assert str(caught.value.place).endswith(place)
    assert message in caught.value.message


def test_a_misspelt_key_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        settings(tmp_path, "network_policy = true")
    assert "network-policy" in str(caught.value.hint)
