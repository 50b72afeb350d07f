"""The manifests are what Kubernetes' own schemas ask for, and give a program no more than it has to have."""

from typing import Any

import kubernetes_validate
import pytest
import yaml

from samestack.deploy.deployment import Configuration, Deployment, Health
from samestack.deploy.rendering.kubernetes.files import file_texts, one_text
from samestack.deploy.rendering.kubernetes.manifests import manifests, notes
from samestack.deploy.scale import Resources, Scale
from samestack.errors import RequestError
from tests.deploy.deployments import IMAGE, SECRET, deployed, variants

VERSIONS = ("1.25", "1.31", "1.37")
"""From the first of what the settings say to the newest that there are schemas of."""


def documents(deployment: Deployment) -> dict[str, Any]:
    """As whoever applies them reads them, by kind."""
    return {one["kind"]: one for one in yaml.safe_load_all(one_text(manifests(deployment)))}


def container(deployment: Deployment) -> Any:
    (only,) = documents(deployment)["Deployment"]["spec"]["template"]["spec"]["containers"]
    return only


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("variant", variants())
def test_they_hold_under_the_schemas(variant: str, version: str) -> None:
    for document in documents(variants()[variant]).values():
        assert kubernetes_validate.validate(document, version, strict=True) == version


@pytest.mark.parametrize("variant", variants())
def test_they_are_the_same_each_time_and_as_files(variant: str) -> None:
    deployment = variants()[variant]
    assert one_text(manifests(deployment)) == one_text(manifests(deployment))
    files = {name: yaml.safe_load(text) for name, text in file_texts(manifests(deployment)).items()}
    kustomization = files.pop("kustomization.yaml")
    assert kustomization["resources"] == list(files)
    assert list(files.values()) == list(documents(deployment).values())


def test_each_thing_that_is_asked_for_has_its_objects() -> None:
    usual = ["ServiceAccount", "ConfigMap", "Service", "Deployment", "PodDisruptionBudget"]
    assert list(documents(deployed())) == usual
    assert list(documents(variants()["scaled"])) == [*usual, "HorizontalPodAutoscaler"]
    assert "NetworkPolicy" in documents(variants()["closed"])
    assert "Service" not in documents(variants()["worker"])


@pytest.mark.parametrize("variant", variants())
def test_a_program_may_do_no_more_than_it_has_to(variant: str) -> None:
    deployment = variants()[variant]
    pod = documents(deployment)["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "runAsGroup": 10001,
        "fsGroup": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    assert container(deployment)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "privileged": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container(deployment)["image"] == str(IMAGE)


def test_a_secret_is_referred_to_and_nowhere_else() -> None:
    said = container(deployed())
    assert said["envFrom"] == [{"configMapRef": {"name": "helpdesk-configuration"}}]
    reference = {"secretKeyRef": {"name": "helpdesk", "key": "DATABASE_PASSWORD"}}
    assert said["env"] == [{"name": "DATABASE_PASSWORD", "valueFrom": reference}]


def test_secrets_can_be_files_that_the_group_reads() -> None:
    deployment = variants()["files"]
    said = container(deployment)
    assert "env" not in said
    assert {"name": "secrets", "mountPath": "/run/secrets", "readOnly": True} in said["volumeMounts"]
    volumes = documents(deployment)["Deployment"]["spec"]["template"]["spec"]["volumes"]
    (secrets,) = (one["projected"] for one in volumes if one["name"] == "secrets")
    items = [{"key": "DATABASE_PASSWORD", "path": "DATABASE_PASSWORD"}]
    assert secrets == {"defaultMode": 0o440, "sources": [{"secret": {"name": "helpdesk", "items": items}}]}
    assert [one["mountPath"] for one in said["volumeMounts"]] == ["/tmp", "/var/cache/models", "/run/secrets"]


def test_what_is_asked_of_a_container() -> None:
    by_path, by_command = container(deployed()), container(variants()["command"])
    assert by_path["livenessProbe"]["httpGet"] == {"path": "/health", "port": "http"}
    assert by_command["readinessProbe"]["exec"] == {"command": ["python", "-c", "import helpdesk"]}
    assert container(variants()["listening"])["startupProbe"]["tcpSocket"] == {"port": "http"}
    assert not [key for key in container(variants()["worker"]) if key.endswith("Probe")]


@pytest.mark.parametrize(("start", "interval"), [(60, 30), (300, 30), (61, 7), (2, 1), (1, 30)])
def test_a_program_has_all_the_time_to_start_that_it_was_given(start: int, interval: int) -> None:
    probe = container(deployed(health=Health(path="/", start=start, interval=interval)))["startupProbe"]
    assert start <= probe["periodSeconds"] * probe["failureThreshold"] < start + probe["periodSeconds"]


def test_gpus_are_promised_and_limited_alike() -> None:
    resources = container(variants()["gpus"])["resources"]
    assert resources["requests"] == {"cpu": "500m", "memory": "1Gi", "nvidia.com/gpu": "2"}
    assert resources["limits"] == {"memory": "2Gi", "nvidia.com/gpu": "2"}


def test_what_is_scaled_says_no_replicas_and_what_is_not_does() -> None:
    assert "replicas" not in documents(variants()["scaled"])["Deployment"]["spec"]
    scale = Scale(replicas=3, resources=Resources())
    assert documents(deployed(scale=scale))["Deployment"]["spec"]["replicas"] == 3


def test_another_configuration_is_another_pod() -> None:
    def pod_annotations(configuration: Configuration) -> Any:
        template = documents(deployed(configuration=configuration))["Deployment"]["spec"]["template"]
        return template["metadata"]["annotations"]

    before = Configuration(profile="a", plain={"LOG_LEVEL": "INFO"}, secrets=(SECRET,))
    after = Configuration(profile="a", plain={"LOG_LEVEL": "DEBUG"}, secrets=(SECRET,))
    without = Configuration(profile="a", plain={"LOG_LEVEL": "INFO"})
    told = [pod_annotations(one)["dev.samestack.configuration.digest"] for one in (before, after, without)]
    assert len(set(told)) == 3


def test_a_configuration_that_no_config_map_can_hold_is_refused() -> None:
    with pytest.raises(RequestError, match="ConfigMap may hold"):
        manifests(deployed(configuration=Configuration(plain={"LARGE": "x" * (1 << 20) + "x"})))


def test_what_is_left_to_others_is_told() -> None:
    (note,) = notes(deployed())
    assert note.startswith("the Secret helpdesk is to be there with DATABASE_PASSWORD")
    assert not notes(deployed(configuration=Configuration()))
    old = notes(deployed(configuration=Configuration(), kubernetes=">=1.19"))
    assert len(old) == 1
    assert "policy/v1beta1" in old[0]
