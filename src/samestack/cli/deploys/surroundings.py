"""What promoting and rolling back take from here: who it is, which cluster, what is rendered."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.deploy.author import author
from samestack.deploy.awaiting import Patience
from samestack.deploy.entry import Entry, short
from samestack.deploy.history import read_history
from samestack.deploy.promotion import SECONDS, Surroundings
from samestack.errors import RequestError
from samestack.model import Kind, Reference
from samestack.parity.settings import Environment, environments_of

if TYPE_CHECKING:
    from samestack.deploy.cluster.cluster import Cluster
    from samestack.deploy.deployment import Deployment
    from samestack.parity.report import ParityReport

_MANIFEST = "pyproject.toml"


def add_surroundings(parser: argparse.ArgumentParser) -> None:
    """Declare ``--apply``, ``--seconds`` and ``--project``."""
    add = parser.add_argument
    add("--apply", action="store_true", help="bring it to the cluster, and wait; else only render it")
    add(
        "--seconds",
        type=_seconds,
        default=SECONDS,
        metavar="N",
        help=f"how long the roll-out may take ({SECONDS:g})",
    )
    add("--project", type=Path, metavar="DIR", help="the project; by default the nearest around this place")


def surroundings_of(arguments: argparse.Namespace, project: Path) -> Surroundings:
    """All of it; nothing is asked of anybody yet."""
    return Surroundings(
        project=project,
        who=author(project),
        settings=environments_of(project / _MANIFEST),
        cluster=_cluster,
        parity=lambda environment: _parity(project, environment),
        render=lambda environment, digest: _rendered(project, environment, digest),
        patience=Patience(arguments.seconds),
        reporter=DeferredReporter(),
    )


def asked(intent: Entry) -> None:
    """Ask whether an intent is meant; :class:`RequestError` where it is not, or nobody can be asked."""
    what = f"{intent.environment}: {short(intent.previous) or 'nothing'} -> {short(intent.digest)}"
    if not sys.stdin.isatty():
        raise RequestError(f"{what}: nobody can be asked here", hint="say --yes")
    sys.stderr.write(f"{what}, with the profile '{intent.profile}'. Go on? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise RequestError("nothing was done")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


@contextlib.contextmanager
def _cluster(environment: Environment) -> "Iterator[Cluster]":
    from samestack.capture.kubernetes.address import address
    from samestack.capture.kubernetes.way import Way
    from samestack.deploy.cluster.kubernetes import KubernetesCluster

    reference = Reference.parse(environment.reference)
    if reference.kind is not Kind.KUBERNETES:
        message = f"'{environment.name}' is {environment.reference}: it cannot be applied to"
        raise RequestError(message, hint="only workloads of Kubernetes can; without --apply it is printed")
    where = address(reference.locator)
    yield KubernetesCluster(Way(variables=os.environ, context=where.context), where.namespace, str(where))


def _parity(project: Path, environment: str) -> "ParityReport":
    from samestack.parity.parity import parity
    from samestack.parity.request import ParityRequest

    def deployed(name: str) -> str:
        current = read_history(project, name).current
        return current.digest if current else ""

    request = ParityRequest(
        project=project, environments=(environment,), variables=os.environ, deployed=deployed
    )
    return parity(request, DeferredReporter())


def _rendered(project: Path, environment: Environment, digest: str) -> str:
    """The manifests, or a Compose file for what is no workload of Kubernetes."""
    wanted = _deployment(project, environment, digest)
    reference = Reference.parse(environment.reference)
    if reference.kind is not Kind.KUBERNETES:
        from samestack.deploy.rendering.compose import compose_text

        return compose_text(wanted)
    from samestack.capture.kubernetes.address import address
    from samestack.deploy.rendering.kubernetes.files import one_text
    from samestack.deploy.rendering.kubernetes.manifests import manifests

    where = address(reference.locator)
    if (where.kind, where.name) != ("deployment", wanted.name):
        message = f"'{environment.name}' is {where}, and what is rendered is the Deployment '{wanted.name}'"
        raise RequestError(message, hint=f'set name = "{where.name}" in [tool.samestack.deploy]')
    return one_text(manifests(wanted))


def _deployment(project: Path, environment: Environment, digest: str) -> "Deployment":
    from samestack.cli.configs.asking import resolved
    from samestack.cli.configs.findings import tell
    from samestack.cli.configs.terms import class_environment
    from samestack.config.resolving import ResolveRequest
    from samestack.deploy.deriving import Target, deployment
    from samestack.deploy.pinned_image import pinned_image
    from samestack.deploy.settings import deploy_settings
    from samestack.project.reading import read_project

    image = pinned_image(digest, deploy_settings(project / _MANIFEST).image)
    request = ResolveRequest(
        project=project,
        profile=environment.profile,
        variables=os.environ,
        environment=class_environment(project),
    )
    (resolution,) = resolved([request])
    tell(resolution)
    if resolution.has_failed:
        hint = f"see: samestack config check --profile {environment.profile}"
        raise RequestError(f"the profile '{environment.profile}' does not hold", hint=hint)
    target = Target(environment=environment.name, reference=environment.reference)
    return deployment(read_project(project), resolution, image, target)
