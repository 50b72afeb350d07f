"""``samestack deploy render``: what a platform wants, from the lock, one image and one profile."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.findings import tell
from samestack.cli.configs.terms import add_project, add_set, project_of, request_of
from samestack.cli.output import deliver
from samestack.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samestack.deploy.deployment import Deployment
    from samestack.deploy.deriving import Target

EXAMPLES: Final = """\
  samestack deploy render --to kubernetes --environment production -o deploy/production
  kubectl apply -k deploy/production
  samestack deploy render --to kubernetes --environment staging --image sha256:... | kubectl diff -f -
  samestack deploy render --to compose --profile staging -o compose.yaml \\
      --image registry.example.com/team/agent@sha256:...
"""
KUBERNETES: Final = "kubernetes"
COMPOSE: Final = "compose"
_COMPOSE_FILE: Final = "compose.yaml"
_YAML: Final = (".yaml", ".yml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("--to", choices=(KUBERNETES, COMPOSE), required=True, help="the platform")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--environment",
        metavar="NAME",
        default="",
        help="one of [tool.samestack.environments], with its profile",
    )
    place.add_argument(
        "--profile", metavar="NAME", default="", help="a profile, where no environment is declared"
    )
    add_set(parser)
    add(
        "--image",
        metavar="REF@DIGEST",
        default="",
        help="what is deployed, by its digest; a digest alone is one of image in [tool.samestack.deploy]",
    )
    add(
        "-o",
        "--output",
        metavar="DIR_OR_FILE",
        help="a directory for Kustomize with a file for each object, or one .yaml file; else standard output",
    )
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the text and say what it leaves to others; nothing is written of a configuration that fails."""
    from samestack.deploy.deriving import deployment
    from samestack.deploy.pinned_image import pinned_image
    from samestack.deploy.settings import deploy_settings
    from samestack.project.reading import read_project

    project = project_of(arguments)
    settings = deploy_settings(project / "pyproject.toml")
    image = pinned_image(arguments.image, settings.image)
    target, profile = _target(arguments, project)
    (resolution,) = resolved([request_of(arguments, profile=profile)])
    tell(resolution)
    if resolution.has_failed:
        return resolution.exit_status
    wanted = deployment(read_project(project), resolution, image, target)
    if arguments.to == COMPOSE:
        _compose(wanted, arguments.output)
    else:
        _kubernetes(wanted, arguments.output)
    return 0


def _target(arguments: argparse.Namespace, project: Path) -> "tuple[Target, str]":
    """Where it is deployed to, and with which profile."""
    from samestack.deploy.deriving import Target

    if not arguments.environment:
        return Target(), arguments.profile
    from samestack.check.suggestion import did_you_mean
    from samestack.parity.settings import environments_of

    settings = environments_of(project / "pyproject.toml")
    environment = settings.environment(arguments.environment)
    if environment is None:
        names = [one.name for one in settings.environments]
        hint = did_you_mean(arguments.environment, names) or "declare it in [tool.samestack.environments]"
        raise RequestError(f"there is no environment '{arguments.environment}'", hint=hint)
    if not environment.profile:
        hint = f"set profile in [tool.samestack.environments.{environment.name}]"
        raise RequestError(f"the environment '{environment.name}' has no profile", hint=hint)
    return Target(environment=environment.name, reference=environment.reference), environment.profile


def _kubernetes(wanted: "Deployment", output: str | None) -> None:
    from samestack.deploy.rendering.kubernetes.files import file_texts, one_text, write_directory
    from samestack.deploy.rendering.kubernetes.manifests import manifests, notes

    documents = manifests(wanted)
    if output is None or output.endswith(_YAML):
        deliver(one_text(documents).encode(), output)
    else:
        write_directory(file_texts(documents), Path(output))
    _note(notes(wanted))


def _compose(wanted: "Deployment", output: str | None) -> None:
    from samestack.deploy.rendering.compose import compose_notes, compose_text

    if output is not None and Path(output).is_dir():
        output = os.path.join(output, _COMPOSE_FILE)  # noqa: PTH118 - what was said, as it was said
    deliver(compose_text(wanted).encode(), output)
    _note(compose_notes(wanted))


def _note(notes: "Iterable[str]") -> None:
    from samestack.render.printable import printable

    for note in notes:
        sys.stderr.write(f"note: {printable(note)}\n")
