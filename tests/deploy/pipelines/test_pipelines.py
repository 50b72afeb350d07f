"""What pipelines say: to their platforms, to samestack, and of what is pinned."""

import re
import shlex
from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from samestack.cli.parser import VERBS, verb_parser
from samestack.deploy.pipelines import actions
from samestack.deploy.pipelines.facts import PipelineFacts
from samestack.deploy.pipelines.github import github_workflow
from samestack.deploy.pipelines.gitlab import gitlab_pipeline, runner_image_of
from tests.deploy.pipelines.pipelines import RUNNER, SMALL, WHOLE, parsed, shell_lines

WRITERS = {"github": github_workflow, "gitlab": gitlab_pipeline}
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
Writer = Callable[[PipelineFacts], str]


@pytest.fixture(params=WRITERS)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def writer(platform: str) -> Writer:
    return WRITERS[platform]


def commands(text: str) -> Iterator[list[str]]:
    """The words of every command of samestack, without where its output goes."""
    for line in shell_lines(parsed(text)):
        if line.startswith("samestack "):
            yield shlex.split(re.split(r" (?:>|\||\|\|) ", line)[0])


@pytest.mark.parametrize("facts", [SMALL, WHOLE], ids=["small", "whole"])
def test_every_command_is_one_of_samestack(writer: Writer, facts: PipelineFacts) -> None:
    found = list(commands(writer(facts)))
    assert len(found) >= 6
    for _, verb, *words in found:
        assert verb in VERBS
        verb_parser(verb).parse_args(words)


def test_the_steps_stand_in_their_order(writer: Writer) -> None:
    found = [" ".join(words[1:4]) for words in commands(writer(WHOLE))]
    begins = [
        "lock --check",
        "sync --locked --ignore-host",
        "check .",
        "config check --profile",
        "config scan",
        "replay answers.recording --environment",
        "replay looks.recording --environment",
        "image build --locked",
        "image verify oci:.samestack-image",
        "image push oci:.samestack-image",
    ]
    promotions = [
        "sync --locked --ignore-host",
        "config check --profile",
        "parity --environment development",
        "deploy promote development",
        "sync --locked --ignore-host",
        "config check --profile",
        "parity --environment development",
        "deploy promote staging",
    ]
    assert found == begins + promotions


def test_without_a_registry_nothing_is_pushed_or_promoted(writer: Writer) -> None:
    verbs = [words[1:3] for words in commands(writer(SMALL))]
    assert ["image", "verify"] in verbs
    assert not [one for one in verbs if one[0] in {"deploy", "parity"} or one == ["image", "push"]]


@pytest.mark.parametrize("facts", [SMALL, WHOLE], ids=["small", "whole"])
def test_it_is_valid_by_the_schema_of_its_platform(
    platform: str, writer: Writer, facts: PipelineFacts
) -> None:
    document = parsed(writer(facts))
    if platform == "github":
        assert set(document) <= {"name", "on", "permissions", "concurrency", "defaults", "jobs"}
        for job in document["jobs"].values():
            assert {"runs-on", "steps", "permissions", "timeout-minutes"} <= set(job)
            assert all(("run" in step) != ("uses" in step) for step in job["steps"])
    else:
        for name, job in document.items():
            assert name == ".samestack" or {"extends", "script", "rules"} <= set(job)


@pytest.mark.parametrize("facts", [SMALL, WHOLE], ids=["small", "whole"])
def test_the_published_schema_takes_it(platform: str, writer: Writer, facts: PipelineFacts) -> None:
    published = pytest.importorskip("check_jsonschema.builtin_schemas", reason="check-jsonschema is not here")
    jsonschema = pytest.importorskip("jsonschema")
    schema = published.get_builtin_schema(SCHEMAS[platform])
    jsonschema.validate(parsed(writer(facts)), schema)


def test_actions_are_pinned_by_commit() -> None:
    used = re.findall(r"uses: (.*)", github_workflow(WHOLE))
    assert set(used) == {str(actions.CHECKOUT), str(actions.CACHE)}
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)


def test_samestack_itself_comes_by_its_hashes(writer: Writer) -> None:
    for line in shell_lines(parsed(writer(WHOLE))):
        if "pip install" in line:
            assert "--require-hashes" in line
            assert "--no-deps" in line
            assert "--only-binary :all:" in line


def test_only_promotions_may_write_to_the_repository() -> None:
    document = parsed(github_workflow(WHOLE))
    assert document["permissions"] == {}
    rights = {name: job["permissions"]["contents"] for name, job in document["jobs"].items()}
    assert rights == {
        "check": "read",
        "image": "read",
        "promote-staging": "write",
        "promote-production": "write",
    }


def test_the_own_registry_of_github_needs_no_secret() -> None:
    own = github_workflow(PipelineFacts(image="ghcr.io/team/agent"))
    assert "secrets." not in own
    assert "packages: write" in own
    assert "packages:" not in github_workflow(WHOLE)
    assert "${{ secrets.REGISTRY_PASSWORD }}" in github_workflow(WHOLE)


def test_no_expression_stands_in_a_shell() -> None:
    """What GitHub puts into a script is read by the shell, whatever somebody called a branch."""
    assert not [line for line in shell_lines(parsed(github_workflow(WHOLE))) if "${{" in line]


def test_one_promotion_to_an_environment_at_a_time() -> None:
    jobs = parsed(github_workflow(WHOLE))["jobs"]
    for name in ("staging", "production"):
        job = jobs[f"promote-{name}"]
        assert job["environment"] == name
        assert job["concurrency"] == {"group": f"samestack-{name}", "cancel-in-progress": False}
    document = parsed(gitlab_pipeline(WHOLE))
    assert document["samestack-promote-staging"]["resource_group"] == "staging"
    assert document["samestack-promote-production"]["interruptible"] is False


def test_the_last_environment_waits_for_a_person() -> None:
    jobs = parsed(github_workflow(WHOLE))["jobs"]
    assert "workflow_dispatch" in jobs["promote-production"]["if"]
    assert "workflow_dispatch" not in jobs["promote-staging"]["if"]
    document = parsed(gitlab_pipeline(WHOLE))
    (rule,) = document["samestack-promote-production"]["rules"]
    assert rule["when"] == "manual"
    assert "when" not in document["samestack-promote-staging"]["rules"][0]


def test_an_environment_gets_what_it_needs_and_no_more() -> None:
    jobs = parsed(github_workflow(WHOLE))["jobs"]
    secrets = {name: set(re.findall(r"secrets\.(\w+)", str(job))) for name, job in jobs.items()}
    registry = {"REGISTRY_USER", "REGISTRY_PASSWORD"}
    assert secrets["check"] == set()
    assert secrets["image"] == registry
    assert secrets["promote-staging"] == registry | {"KUBECONFIG", "SAMESTACK_AGE_IDENTITY"}
    assert secrets["promote-production"] == registry | {"KUBECONFIG"}


def test_only_the_first_promotion_is_told_the_image(writer: Writer) -> None:
    promotions = [words for words in commands(writer(WHOLE)) if words[1:3] == ["deploy", "promote"]]
    assert ["--digest" in words for words in promotions] == [True, False]


def test_the_image_of_the_runner_is_found_again() -> None:
    assert runner_image_of(gitlab_pipeline(WHOLE)) == RUNNER


def test_jobs_of_gitlab_name_no_stage_so_that_any_pipeline_can_include_them() -> None:
    document = parsed(gitlab_pipeline(WHOLE))
    assert not {"stages", "default", "workflow", "image", "variables"} & set(document)
    assert not [job for job in document.values() if "stage" in job]


def test_a_project_below_the_root_runs_there() -> None:
    assert parsed(github_workflow(WHOLE))["defaults"]["run"]["working-directory"] == "services/agent"
    document = parsed(gitlab_pipeline(WHOLE))[".samestack"]
    assert document["before_script"][0] == "cd services/agent"
    assert "services/agent/pylock.toml" in document["cache"]["key"]["files"]


def test_only_a_cluster_is_brought_to_it(writer: Writer) -> None:
    stages = (*WHOLE.stages[:2], structs.replace(WHOLE.stages[2], is_cluster=False))
    text = writer(structs.replace(WHOLE, stages=stages))
    promotions = [words for words in commands(text) if words[1:3] == ["deploy", "promote"]]
    assert ["--apply" in words for words in promotions] == [True, False]
