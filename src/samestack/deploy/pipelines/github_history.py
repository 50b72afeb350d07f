"""Steps of GitHub Actions that get the history of deployments from the repository, and bring it back."""

from typing import Final

from samestack.deploy.pipelines.facts import HISTORY, PipelineFacts, Stage
from samestack.deploy.pipelines.github_step import Step
from samestack.deploy.pipelines.history_files import added

_TOKEN: Final = {"TOKEN": "${{ github.token }}"}
_HELPER: Final = """'!f() { echo username=x-access-token; echo "password=$TOKEN"; }; f'"""
"""Hands the token to git, and shows it to no list of processes."""


def history_now(facts: PipelineFacts) -> Step:
    """As the branch has it by now: another run may have promoted since this commit."""
    return Step(
        name="The history of deployments as it is now",
        env=_TOKEN,
        lines=(
            'git config user.name "$GITHUB_ACTOR"',
            'git config user.email "$GITHUB_ACTOR@users.noreply.github.com"',
            f"git config credential.helper {_HELPER}",
            f"git fetch --quiet origin {facts.branch}",
            f"if git cat-file -e FETCH_HEAD:./{HISTORY} 2>/dev/null; then",
            f"  git checkout --quiet FETCH_HEAD -- {HISTORY}",
            "fi",
        ),
    )


def history_kept(facts: PipelineFacts, stage: Stage) -> Step:
    """On top of the branch as it is by now, however the promotion ended."""
    return Step(
        name="The history of deployments, into the repository",
        condition="always()",
        env=_TOKEN,
        lines=(
            "for attempt in 1 2 3; do",
            f"  git fetch --quiet origin {facts.branch}",
            "  git reset --quiet FETCH_HEAD",
            *(f"  {line}" for line in added(stage)),
            "  if git diff --cached --quiet; then exit 0; fi",
            f"  git commit --quiet --message 'Deployment to {stage.name}'",
            f"  if git push --quiet origin HEAD:{facts.branch}; then exit 0; fi",
            "done",
            "exit 1",
        ),
    )
