"""The history of deployments comes into the repository, whatever happened there meanwhile."""

import os
import subprocess
from pathlib import Path

import pytest

from samestack.deploy.pipelines.github import github_workflow
from samestack.deploy.pipelines.gitlab import gitlab_pipeline
from tests.deploy.pipelines.pipelines import WHOLE, parsed

STAGING = "services/agent/deployments/staging.jsonl"
MANIFESTS = "services/agent/deployments/manifests"
PRODUCTION = "services/agent/deployments/production.jsonl"


def git(directory: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def written(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text)


def committed(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    git(root, "push", "--quiet", "origin", "HEAD:trunk")


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a program and the history of one environment."""
    bare, first = tmp_path / "origin.git", tmp_path / "first"
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "trunk", bare], check=True)
    git(bare, "config", "receive.advertisePushOptions", "true")  # as GitLab's are
    subprocess.run(["git", "clone", "--quiet", bare, first], check=True, capture_output=True)
    written(first, "services/agent/agent.py", "first\n")
    written(first, STAGING, "one\n")
    committed(first, "first")
    return bare


@pytest.fixture
def job(origin: Path, tmp_path: Path) -> Path:
    """The checkout of a job."""
    root = tmp_path / "job"
    subprocess.run(["git", "clone", "--quiet", origin, root], check=True)
    git(root, "checkout", "--quiet", "--detach")
    return root


def github_steps(*names: str) -> list[str]:
    steps = parsed(github_workflow(WHOLE))["jobs"]["promote-staging"]["steps"]
    return [step["run"] for step in steps for name in names if step.get("name") == name]


def run(script: str, root: Path) -> int:
    variables = {"GITHUB_ACTOR": "ada", "GITLAB_USER_NAME": "ada", "GITLAB_USER_EMAIL": "ada@example.com"}
    variables |= {"CI_DEFAULT_BRANCH": "trunk", "CI_PROJECT_URL": str(root.parent / "origin")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=root / "services/agent",
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    ).returncode


def meanwhile(origin: Path, tmp_path: Path) -> None:
    """Somebody commits to the program, and another environment gets an image."""
    other = tmp_path / "other"
    subprocess.run(["git", "clone", "--quiet", origin, other], check=True)
    written(other, "services/agent/agent.py", "second\n")
    written(other, PRODUCTION, "other\n")
    written(other, f"{MANIFESTS}/b.yaml", "b\n")
    committed(other, "second")


def test_on_github(origin: Path, job: Path, tmp_path: Path) -> None:
    now, kept = github_steps(
        "The history of deployments as it is now", "The history of deployments, into the repository"
    )
    assert run(now, job) == 0
    written(job, STAGING, "one\ntwo\n")
    written(job, f"{MANIFESTS}/a.yaml", "a\n")
    meanwhile(origin, tmp_path)
    assert run(kept, job) == 0
    assert git(origin, "show", f"trunk:{STAGING}") == "one\ntwo\n"
    assert git(origin, "show", f"trunk:{PRODUCTION}") == "other\n"
    assert git(origin, "ls-tree", "--name-only", f"trunk:{MANIFESTS}").split() == ["a.yaml", "b.yaml"]
    assert git(origin, "show", "trunk:services/agent/agent.py") == "second\n"
    assert git(origin, "log", "-1", "--format=%an %s", "trunk") == "ada Deployment to staging\n"


def test_a_promotion_sees_what_another_run_wrote(origin: Path, job: Path, tmp_path: Path) -> None:
    meanwhile(origin, tmp_path)
    (now,) = github_steps("The history of deployments as it is now")
    assert run(now, job) == 0
    assert (job / PRODUCTION).read_text() == "other\n"
    assert (job / "services/agent/agent.py").read_text() == "first\n"


def test_where_nothing_was_promoted_nothing_is_committed(origin: Path, job: Path) -> None:
    before = git(origin, "rev-parse", "trunk")
    (kept,) = github_steps("The history of deployments, into the repository")
    assert run(kept, job) == 0
    assert git(origin, "rev-parse", "trunk") == before


@pytest.mark.parametrize("status", [0, 1, 3])
def test_on_gitlab_the_job_ends_as_the_promotion_did(
    origin: Path, job: Path, tmp_path: Path, status: int
) -> None:
    script = parsed(gitlab_pipeline(WHOLE))["samestack-promote-staging"]["script"]
    promotion = next(number for number, text in enumerate(script) if "deploy promote" in text)
    history = [text for text in script[:promotion] if text.startswith(("git", "if git"))]
    promoted = f"(echo two >> deployments/staging.jsonl; exit {status}) || status=$?"
    meanwhile(origin, tmp_path)
    assert run("\n".join([*history, promoted, *script[promotion + 1 :]]), job) == status
    assert git(origin, "show", f"trunk:{STAGING}") == "one\ntwo\n"
    assert git(origin, "show", "trunk:services/agent/agent.py") == "second\n"
