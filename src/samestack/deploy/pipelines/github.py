"""A workflow of GitHub Actions."""

from textwrap import indent
from typing import Final

from samestack.deploy.pipelines.commands import (
    Command,
    building,
    checking,
    digest_of_push,
    promoting,
    pushing,
)
from samestack.deploy.pipelines.facts import PipelineFacts, Stage
from samestack.deploy.pipelines.github_access import OWN_REGISTRY, beginning, cluster, environment_of, login
from samestack.deploy.pipelines.github_history import history_kept, history_now
from samestack.deploy.pipelines.github_step import Step, steps_text

FILE: Final = ".github/workflows/samestack.yml"
_RUNNER: Final = "ubuntu-24.04"


def github_workflow(facts: PipelineFacts) -> str:
    """The text of the workflow."""
    jobs = (_check(facts), _image(facts), *(_promotion(facts, stage) for stage in facts.promoted))
    return _head(facts) + "\njobs:\n" + "\n".join(indent(job, "  ") for job in jobs)


def _head(facts: PipelineFacts) -> str:
    directory = f"    working-directory: {facts.directory}\n" if facts.directory else ""
    return f"""\
name: samestack

on:
  push:
    branches: [{facts.branch}]
  pull_request:
  workflow_dispatch:

# Nothing is permitted but what a job says.
permissions: {{}}

# Of a pull request only the last commit counts. A promotion that has begun is brought to its end.
concurrency:
  group: samestack-${{{{ github.ref }}}}
  cancel-in-progress: ${{{{ github.event_name == 'pull_request' }}}}

defaults:
  run:
    shell: bash
{directory}"""


def _check(facts: PipelineFacts) -> str:
    return f"""\
check:
  name: check
  runs-on: {_RUNNER}
  timeout-minutes: 60
  permissions:
    contents: read
  steps:
{beginning(facts)}{steps_text(map(_step, checking(facts)))}"""


def _image(facts: PipelineFacts) -> str:
    steps = [*map(_step, building())]
    packages = outputs = ""
    if facts.image:
        steps += (login(facts, _on_branch(facts)), _push(facts))
        packages = _packages(facts, "write")
        outputs = "  outputs:\n    digest: ${{ steps.push.outputs.digest }}\n"
    return f"""\
image:
  name: image
  needs: check
  runs-on: {_RUNNER}
  timeout-minutes: 60
  permissions:
    contents: read
{packages}{outputs}  steps:
{beginning(facts)}{steps_text(steps)}"""


def _promotion(facts: PipelineFacts, stage: Stage) -> str:
    commands = (
        Step(name=one.name, lines=(one.line,), env=environment_of(stage, one))
        for one in promoting(facts, stage, summary="GITHUB_STEP_SUMMARY")
    )
    access = (cluster(),) if stage.is_cluster else ()
    steps = (login(facts), *access, history_now(facts), *commands, history_kept(facts, stage))
    return f"""\
promote-{stage.name}:
  name: promote to {stage.name}
  needs: {_needs(facts, stage)}
{_when(facts, stage)}  runs-on: {_RUNNER}
  timeout-minutes: 60
  environment: {stage.name}
  # One promotion to an environment at a time; none is cut off.
  concurrency:
    group: samestack-{stage.name}
    cancel-in-progress: false
  permissions:
    contents: write # the history of deployments is kept in the repository
{_packages(facts, "read")}  steps:
{beginning(facts)}{steps_text(steps)}"""


def _needs(facts: PipelineFacts, stage: Stage) -> str:
    before = [f"promote-{one.name}" for one in facts.promoted if one.name == stage.after]
    return f"[{', '.join(['image', *before])}]"


def _when(facts: PipelineFacts, stage: Stage) -> str:
    if stage != facts.promoted[-1]:
        return f"  if: {_on_branch(facts)}\n"
    by_hand = f"github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/{facts.branch}'"
    return (
        "  # Only where somebody starts the workflow by hand; the environment's rules say who has to agree.\n"
        f"  if: {by_hand}\n"
    )


def _packages(facts: PipelineFacts, right: str) -> str:
    if facts.registry != OWN_REGISTRY:
        return ""
    return f"    packages: {right} # the image\n"


def _on_branch(facts: PipelineFacts) -> str:
    return f"github.event_name != 'pull_request' && github.ref == 'refs/heads/{facts.branch}'"


def _step(command: Command) -> Step:
    return Step(name=command.name, lines=(command.line,))


def _push(facts: PipelineFacts) -> Step:
    command = pushing(facts, "GITHUB_SHA")
    return Step(
        name=command.name,
        id="push",
        condition=_on_branch(facts),
        lines=(command.line, f'echo "digest=$({digest_of_push()})" >> "$GITHUB_OUTPUT"'),
    )
