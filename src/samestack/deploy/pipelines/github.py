"""A workflow of GitHub Actions."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Final

from msgspec import Struct, field

from samestack.deploy.pipelines.actions import CACHE, CHECKOUT
from samestack.deploy.pipelines.commands import (
    DIGEST,
    Command,
    building,
    checking,
    digest_of_push,
    installed,
    promoting,
    pushing,
)
from samestack.deploy.pipelines.facts import HISTORY, PipelineFacts, Stage

FILE: Final = ".github/workflows/samestack.yml"
_RUNNER: Final = "ubuntu-24.04"
_OWN_REGISTRY: Final = "ghcr.io"
_KUBECONFIG: Final = "${{ runner.temp }}/kubeconfig"
_TOKEN: Final = {"TOKEN": "${{ github.token }}"}
_HELPER: Final = """'!f() { echo username=x-access-token; echo "password=$TOKEN"; }; f'"""
"""Hands the token to git, and shows it to no list of processes."""


class Step(Struct, frozen=True, kw_only=True):
    """A step of a job."""

    name: str
    lines: tuple[str, ...]
    condition: str = ""
    id: str = ""
    env: Mapping[str, str] = field(default_factory=dict)


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
{_beginning(facts)}{_texts(map(_step, checking(facts)))}"""


def _image(facts: PipelineFacts) -> str:
    steps = [*map(_step, building())]
    packages = outputs = ""
    if facts.image:
        steps += (_login(facts, _on_branch(facts)), _push(facts))
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
{_beginning(facts)}{_texts(steps)}"""


def _promotion(facts: PipelineFacts, stage: Stage) -> str:
    commands = (
        Step(name=one.name, lines=(one.line,), env=_environment_of(stage, one))
        for one in promoting(facts, stage, summary="GITHUB_STEP_SUMMARY")
    )
    access = (_cluster(),) if stage.is_cluster else ()
    steps = (_login(facts), *access, _history_now(facts), *commands, _history_kept(facts, stage))
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
{_beginning(facts)}{_texts(steps)}"""


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


def _on_branch(facts: PipelineFacts) -> str:
    return f"github.event_name != 'pull_request' && github.ref == 'refs/heads/{facts.branch}'"


def _packages(facts: PipelineFacts, right: str) -> str:
    if facts.registry != _OWN_REGISTRY:
        return ""
    return f"    packages: {right} # the image\n"


def _beginning(facts: PipelineFacts) -> str:
    """The commit, the caches, and samestack; caches are kept by what they hold."""
    files = f"'{facts.prefix}{facts.lock}', '{facts.prefix}{facts.requirements}'"
    return f"""\
    - uses: {CHECKOUT}
      with:
        persist-credentials: false
    - uses: {CACHE}
      with:
        path: |
          ~/.cache/uv
          ~/.cache/samestack
        key: samestack-${{{{ runner.os }}}}-${{{{ runner.arch }}}}-${{{{ hashFiles({files}) }}}}
        restore-keys: samestack-${{{{ runner.os }}}}-${{{{ runner.arch }}}}-
    - name: samestack, by its hashes
      run: |
        python3 -m venv "$RUNNER_TEMP/samestack"
        "$RUNNER_TEMP/samestack/bin/python" -m pip {installed(facts)}
        echo "$RUNNER_TEMP/samestack/bin" >> "$GITHUB_PATH"
"""


def _step(command: Command) -> Step:
    return Step(name=command.name, lines=(command.line,))


def _login(facts: PipelineFacts, condition: str = "") -> Step:
    is_own = facts.registry == _OWN_REGISTRY
    user = "github.actor" if is_own else "secrets.REGISTRY_USER"
    password = "github.token" if is_own else "secrets.REGISTRY_PASSWORD"
    line = f'printf %s "$REGISTRY_PASSWORD" | docker login {facts.registry} --username "$REGISTRY_USER"'
    return Step(
        name=f"Access to {facts.registry}",
        condition=condition,
        env={"REGISTRY_USER": f"${{{{ {user} }}}}", "REGISTRY_PASSWORD": f"${{{{ {password} }}}}"},
        lines=(f"{line} --password-stdin",),
    )


def _push(facts: PipelineFacts) -> Step:
    command = pushing(facts, "GITHUB_SHA")
    return Step(
        name=command.name,
        id="push",
        condition=_on_branch(facts),
        lines=(command.line, f'echo "digest=$({digest_of_push()})" >> "$GITHUB_OUTPUT"'),
    )


def _environment_of(stage: Stage, command: Command) -> Mapping[str, str]:
    """What a command is given: the digest that it names and, where there are any, a key and a cluster."""
    said = {DIGEST: "${{ needs.image.outputs.digest }}"} if f"${DIGEST}" in command.line else {}
    if stage.has_age_file:
        said["SAMESTACK_AGE_IDENTITY"] = "${{ secrets.SAMESTACK_AGE_IDENTITY }}"
    if stage.is_cluster:
        said["KUBECONFIG"] = _KUBECONFIG
    return said


def _cluster() -> Step:
    return Step(
        name="Access to the cluster",
        env={"CLUSTER": "${{ secrets.KUBECONFIG }}", "KUBECONFIG": _KUBECONFIG},
        lines=("umask 077", """printf '%s' "$CLUSTER" > "$KUBECONFIG\""""),
    )


def _history_now(facts: PipelineFacts) -> Step:
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


def _history_kept(facts: PipelineFacts, stage: Stage) -> Step:
    """On top of the branch as it is by now, however the promotion ended."""
    file = f"{HISTORY}/{stage.name}.jsonl"
    return Step(
        name="The history of deployments, into the repository",
        condition="always()",
        env=_TOKEN,
        lines=(
            f"test -f {file} || exit 0",
            "for attempt in 1 2 3; do",
            f"  git fetch --quiet origin {facts.branch}",
            "  git reset --quiet FETCH_HEAD",
            f"  git add -- {file}",
            "  if git diff --cached --quiet; then exit 0; fi",
            f"  git commit --quiet --message 'Deployment to {stage.name}'",
            f"  if git push --quiet origin HEAD:{facts.branch}; then exit 0; fi",
            "done",
            "exit 1",
        ),
    )


def _texts(steps: Iterable[Step]) -> str:
    return "".join(indent("".join(_lines(step)), "    ") for step in steps)


def _lines(step: Step) -> Iterator[str]:
    yield f"- name: {step.name}\n"
    if step.id:
        yield f"  id: {step.id}\n"
    if step.condition:
        yield f"  if: {step.condition}\n"
    if step.env:
        yield "  env:\n"
        yield from (f"    {name}: {value}\n" for name, value in step.env.items())
    yield "  run: |\n"
    yield from (f"    {line}\n" for line in step.lines)
