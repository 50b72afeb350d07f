"""``samestack deploy render``: one lock, one image and one profile as a platform wants them."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from samestack.cli.main import main
from tests.cli.deploys.rendered_project import CANARY, DIGEST, REPOSITORY, STACK, write_project

CONFIGURATION = {
    "*": ("metadata.namespace",),
    "ConfigMap": ("data",),
    "Deployment": (
        "metadata.annotations.dev|samestack|profile",
        "metadata.annotations.dev|samestack|configuration|digest",
        "spec.replicas",
        "spec.template.metadata.annotations.dev|samestack|profile",
        "spec.template.metadata.annotations.dev|samestack|configuration|digest",
        "spec.template.spec.containers.0.env",
        "spec.template.spec.containers.0.resources.requests.cpu",
        "spec.template.spec.containers.0.resources.requests.memory",
        "spec.template.spec.containers.0.resources.limits.cpu",
        "spec.template.spec.containers.0.resources.limits.memory",
    ),
    "HorizontalPodAutoscaler": (
        "spec.minReplicas",
        "spec.maxReplicas",
        "spec.metrics.0.resource.target.averageUtilization",
    ),
    "compose": (
        "services.helpdesk-agent.environment",
        "services.helpdesk-agent.labels.dev|samestack|profile",
        "services.helpdesk-agent.labels.dev|samestack|configuration|digest",
        "services.helpdesk-agent.deploy.resources.limits.cpus",
        "services.helpdesk-agent.deploy.resources.limits.memory",
        "services.helpdesk-agent.deploy.resources.reservations.cpus",
        "services.helpdesk-agent.deploy.resources.reservations.memory",
    ),
}
"""All that may differ between two environments, by kind of document; ``|`` is a point within a key."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    monkeypatch.setenv("DATABASE_PASSWORD", CANARY)
    monkeypatch.delenv("SAMESTACK_PROFILE", raising=False)
    return tmp_path


def render(*arguments: str, image: str = DIGEST) -> int:
    return main(["deploy", "render", *arguments, *(("--image", image) if image else ())])


def documents(environment: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert render("--to", "kubernetes", "--environment", environment) == 0
    return {one["kind"]: one for one in yaml.safe_load_all(capsys.readouterr().out)}


def compose(environment: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert render("--to", "compose", "--environment", environment) == 0
    said: dict[str, Any] = yaml.safe_load(capsys.readouterr().out)
    return said


def without(document: Any, paths: tuple[str, ...]) -> Any:
    """The document without what configuration may change."""
    left = copy.deepcopy(document)
    for path in paths:
        *parents, last = (part.replace("|", ".") for part in path.split("."))
        holder = left
        for parent in parents:
            holder = holder[int(parent)] if isinstance(holder, list) else holder.get(parent, {})
        holder.pop(last, None)
    return left


def test_only_configuration_differs_between_environments(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staging, production = documents("staging", capsys), documents("production", capsys)
    assert list(staging) == list(production)
    for kind in staging:
        paths = (*CONFIGURATION["*"], *CONFIGURATION.get(kind, ()))
        assert without(staging[kind], paths) == without(production[kind], paths)
    assert {kind for kind in staging if staging[kind] != production[kind]} == set(staging)  # all by namespace
    assert staging["ConfigMap"]["data"] != production["ConfigMap"]["data"]


def test_only_configuration_differs_between_compose_files(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staging, production = compose("staging", capsys), compose("production", capsys)
    assert staging != production
    assert without(staging, CONFIGURATION["compose"]) == without(production, CONFIGURATION["compose"])


def test_what_is_rendered_for_an_environment(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = documents("production", capsys)
    assert {one["metadata"]["namespace"] for one in said.values()} == {"support"}
    assert said["ConfigMap"]["data"] == {
        "LOG_LEVEL": "INFO",
        "MAX_WORKERS": "20",
        "SAMESTACK_PROFILE": "production",
    }
    workload = said["Deployment"]
    assert workload["metadata"]["name"] == "helpdesk-agent"
    assert workload["metadata"]["annotations"]["dev.samestack.stack.digest"] == STACK
    pod = workload["spec"]["template"]["spec"]
    assert pod["containers"][0]["image"] == f"{REPOSITORY}@{DIGEST}"
    assert pod["nodeSelector"] == {"kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux"}
    assert "450" in str(pod["affinity"])
    scale = said["HorizontalPodAutoscaler"]["spec"]
    assert (scale["minReplicas"], scale["maxReplicas"]) == (3, 12)


def test_what_compose_is_given(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service = compose("staging", capsys)["services"]["helpdesk-agent"]
    assert service["environment"] == {
        "DATABASE_PASSWORD": None,
        "GREETING": "costs $$5",
        "LOG_LEVEL": "DEBUG",
        "MAX_WORKERS": "4",
        "SAMESTACK_PROFILE": "staging",
    }
    assert service["healthcheck"]["test"] == ["CMD", "python", "-c", "print('$$HOME')"]
    assert service["deploy"]["resources"] == {
        "limits": {"memory": f"{2 * 1024**3}b"},
        "reservations": {
            "cpus": "0.5",
            "memory": f"{1024**3}b",
            "devices": [{"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}],
        },
    }


@pytest.mark.parametrize("target", ["kubernetes", "compose"])
@pytest.mark.parametrize("handover", ["variables", "files"])
def test_no_secret_is_rendered_and_who_holds_it_is_told(
    project: Path, target: str, handover: str, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = project / "pyproject.toml"
    text = manifest.read_text()
    manifest.write_text(text.replace("gpus = 1", f'gpus = 1\nsecrets = "{handover}"'))
    assert render("--to", target, "--environment", "staging", "-o", "out") == 0
    said = capsys.readouterr()
    written = [*Path("out").iterdir()] if Path("out").is_dir() else [Path("out")]
    assert "note: " in said.err
    assert "DATABASE_PASSWORD" in said.err
    assert CANARY not in said.out + said.err + "".join(file.read_text() for file in written)


def test_a_directory_for_kustomize_or_one_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render("--to", "kubernetes", "--environment", "staging", "-o", "deploy/staging") == 0
    assert render("--to", "kubernetes", "--environment", "staging", "-o", "all.yaml") == 0
    assert capsys.readouterr().out == ""
    names = yaml.safe_load(Path("deploy/staging/kustomization.yaml").read_text())["resources"]
    files = [yaml.safe_load(Path("deploy/staging", name).read_text()) for name in names]
    assert files == list(yaml.safe_load_all(Path("all.yaml").read_text()))


def test_a_compose_file_in_a_directory_has_its_usual_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    assert render("--to", "compose", "--environment", "staging", "-o", "out") == 0
    assert Path("out/compose.yaml").is_file()


def test_a_profile_alone_has_the_namespace_of_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render("--to", "kubernetes", "--profile", "staging", "--set", "MAX_WORKERS=7") == 0
    said = {one["kind"]: one for one in yaml.safe_load_all(capsys.readouterr().out)}
    assert "namespace" not in said["Service"]["metadata"]
    assert said["ConfigMap"]["data"]["MAX_WORKERS"] == "7"


@pytest.mark.parametrize(
    ("arguments", "image", "message"),
    [
        (("--environment", "prodution"), DIGEST, "did you mean"),
        (("--environment", "local"), DIGEST, "has no profile"),
        (("--environment", "staging"), "", "has no digest"),
        (("--environment", "staging"), f"{REPOSITORY}:1.0", "the tag '1.0' can name another image tomorrow"),
        (("--environment", "staging", "--profile", "staging"), DIGEST, "not allowed with"),
        ((), DIGEST, "one of the arguments"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    project: Path,
    arguments: tuple[str, ...],
    image: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        status = render("--to", "kubernetes", *arguments, image=image)
    except SystemExit as left:  # argparse leaves by itself
        status = int(str(left.code))
    said = capsys.readouterr()
    assert status == 2
    assert said.out == ""
    assert message in said.err


def test_nothing_is_rendered_of_a_configuration_that_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "config/production.toml").write_text("max_workers = 65\n")
    assert render("--to", "kubernetes", "--environment", "production", "-o", "out") == 1
    assert "MAX_WORKERS" in capsys.readouterr().err
    assert not Path("out").exists()


def test_without_a_lock_there_is_no_stack_to_deploy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pylock.toml").unlink()
    assert render("--to", "kubernetes", "--environment", "staging") == 2
    assert "samestack lock" in capsys.readouterr().err
