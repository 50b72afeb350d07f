"""How a job of GitLab gets the history of deployments from the repository, and brings it back there."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.deploy.pipelines.facts import HISTORY, Stage
from samestack.deploy.pipelines.history_files import added

_HELPER: Final = """'!f() { echo username=gitlab-ci-token; echo "password=$CI_JOB_TOKEN"; }; f'"""
"""Hands the token to git, and shows it to no list of processes."""
_TO_BRANCH: Final = '--quiet --push-option ci.skip origin "HEAD:$CI_DEFAULT_BRANCH"'


def history_now() -> Iterator[str]:
    """As the branch has it by now: another pipeline may have promoted since this commit."""
    yield 'git config user.name "$GITLAB_USER_NAME"'
    yield 'git config user.email "$GITLAB_USER_EMAIL"'
    yield 'git fetch --quiet origin "$CI_DEFAULT_BRANCH"'
    yield (
        f"if git cat-file -e FETCH_HEAD:./{HISTORY} 2>/dev/null; then "
        f"git checkout --quiet FETCH_HEAD -- {HISTORY}; fi"
    )


def until_promoted(commands: Iterable[str]) -> Iterator[str]:
    """The commands, of which the last may fail before the job does: its history is kept first."""
    *before, promotion = commands
    yield from before
    yield f"{promotion} || status=$?"


def history_kept(stage: Stage) -> Iterator[str]:
    """On top of the branch as it is by now, and the job ends as the promotion did.

    Not in ``after_script``, whose failures GitLab does not tell.
    """
    yield f"git config credential.helper {_HELPER}"
    yield 'git remote set-url --push origin "$CI_PROJECT_URL.git"'
    yield "\n".join(
        (
            "for attempt in 1 2 3; do",
            '  git fetch --quiet origin "$CI_DEFAULT_BRANCH"',
            "  git reset --quiet FETCH_HEAD",
            *(f"  {line}" for line in added(stage)),
            '  if git diff --cached --quiet; then exit "${status:-0}"; fi',
            f"  git commit --quiet --message 'Deployment to {stage.name}'",
            f'  if git push {_TO_BRANCH}; then exit "${{status:-0}}"; fi',
            "done",
        )
    )
    yield "exit 1"
