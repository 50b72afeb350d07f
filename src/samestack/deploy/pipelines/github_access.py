"""Steps of GitHub Actions that give a job what it works with: samestack, a registry, a cluster, keys."""

from collections.abc import Mapping
from typing import Final

from samestack.deploy.pipelines.actions import CACHE, CHECKOUT
from samestack.deploy.pipelines.commands import DIGEST, Command, installed
from samestack.deploy.pipelines.facts import PipelineFacts, Stage
from samestack.deploy.pipelines.github_step import Step

OWN_REGISTRY: Final = "ghcr.io"
_KUBECONFIG: Final = "${{ runner.temp }}/kubeconfig"


def beginning(facts: PipelineFacts) -> str:
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


def login(facts: PipelineFacts, condition: str = "") -> Step:
    """Who the job is to the registry; that of GitHub knows it by the job's own token."""
    is_own = facts.registry == OWN_REGISTRY
    user = "github.actor" if is_own else "secrets.REGISTRY_USER"
    password = "github.token" if is_own else "secrets.REGISTRY_PASSWORD"
    line = f'printf %s "$REGISTRY_PASSWORD" | docker login {facts.registry} --username "$REGISTRY_USER"'
    return Step(
        name=f"Access to {facts.registry}",
        condition=condition,
        env={"REGISTRY_USER": f"${{{{ {user} }}}}", "REGISTRY_PASSWORD": f"${{{{ {password} }}}}"},
        lines=(f"{line} --password-stdin",),
    )


def cluster() -> Step:
    """The file that says how the cluster is reached, for this job alone."""
    return Step(
        name="Access to the cluster",
        env={"CLUSTER": "${{ secrets.KUBECONFIG }}", "KUBECONFIG": _KUBECONFIG},
        lines=("umask 077", """printf '%s' "$CLUSTER" > "$KUBECONFIG\""""),
    )


def environment_of(stage: Stage, command: Command) -> Mapping[str, str]:
    """What a command is given: the digest that it names and, where there are any, a key and a cluster."""
    said = {DIGEST: "${{ needs.image.outputs.digest }}"} if f"${DIGEST}" in command.line else {}
    if stage.has_age_file:
        said["SAMESTACK_AGE_IDENTITY"] = "${{ secrets.SAMESTACK_AGE_IDENTITY }}"
    if stage.is_cluster:
        said["KUBECONFIG"] = _KUBECONFIG
    return said
