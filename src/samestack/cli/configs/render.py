"""``samestack config render``: the configuration of a profile as a platform reads it."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.findings import tell
from samestack.cli.configs.terms import add_profile, add_project, request_of
from samestack.cli.output import deliver
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.config.rendering.external_secret import SecretStores
    from samestack.config.rendering.kubernetes_object import ObjectName
    from samestack.config.resolution import Resolution

EXAMPLES: Final = """\
  samestack config render --to configmap --profile production --name helpdesk | kubectl apply -f -
  samestack config render --to external-secret --profile production --store vault=company-vault
  samestack config render --to env --profile development -o .env
  samestack config render --to env-file --profile staging --plaintext -o /run/user/1000/staging.env
  samestack config render --to compose --profile production -o compose.production.yaml
"""
TARGETS: Final = ("env", "env-file", "configmap", "secret", "external-secret", "compose")
_TAKE_SECRETS: Final = ("env", "env-file", "secret")
_OF_KUBERNETES: Final = ("configmap", "secret", "external-secret")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("--to", choices=TARGETS, required=True, help="what is made of it")
    add_profile(parser)
    add(
        "--name",
        default="",
        help="of the Kubernetes object or the service of Compose; by default the project's",
    )
    add("--namespace", default="", metavar="N", help="of the Kubernetes object; by default none is said")
    add(
        "--store",
        action="append",
        default=[],
        metavar="[KIND=]NAME",
        dest="stores",
        help="the SecretStore of an ExternalSecret, for all secrets or those of a kind of source (vault, "
        "aws-secrets, aws-parameters); by default it is called like the kind; may be repeated",
    )
    add("--cluster-store", action="store_true", help="the stores are ClusterSecretStores")
    add("--plaintext", action="store_true", help="with the secrets' values; the file is for its owner alone")
    add("-o", "--output", metavar="FILE", help="write there, and not to standard output")
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the text and say what is left out of it; nothing is written of a configuration that fails."""
    _check(arguments)
    (resolution,) = resolved([request_of(arguments)])
    tell(resolution)
    if resolution.has_failed:
        return resolution.exit_status
    data = _rendered(resolution, arguments).encode()
    if arguments.plaintext and arguments.output:
        from samestack.config.rendering.private_writing import write_private

        write_private(data, Path(arguments.output))
    else:
        deliver(data, arguments.output)
    if not arguments.plaintext:
        _note(resolution, arguments.to)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """:class:`RequestError` for what does not go together, before any store is asked."""
    target = arguments.to
    if target == "secret" and not arguments.plaintext:
        hint = "render external-secret, or say --plaintext"
        raise RequestError("a Secret holds its values, and Base64 hides nothing", hint=hint)
    if arguments.plaintext:
        _check_plaintext(target, arguments.output)
    if arguments.namespace and target not in _OF_KUBERNETES:
        raise RequestError(f"--namespace says nothing of {target}", hint="leave it out")
    if (arguments.stores or arguments.cluster_store) and target != "external-secret":
        raise RequestError(f"a store says nothing of {target}", hint="it is for --to external-secret")


def _check_plaintext(target: str, output: str | None) -> None:
    from samestack.config.version_control import is_committed

    if target not in _TAKE_SECRETS:
        raise RequestError(f"--plaintext: {target} never holds a secret's value", hint="leave it out")
    if output is None and sys.stdout.isatty():
        hint = "write a file with -o, or give the output to another program"
        raise RequestError("secrets are not written to a terminal, which keeps what it shows", hint=hint)
    if output is not None and is_committed(Path(output).absolute()):
        raise RequestError(f"{output} is committed: secrets are not written there", hint="git rm --cached it")


def _rendered(resolution: "Resolution", arguments: argparse.Namespace) -> str:
    match arguments.to:
        case "env":
            from samestack.config.rendering.dotenv import dotenv_file

            return dotenv_file(resolution, with_secrets=arguments.plaintext)
        case "env-file":
            from samestack.config.rendering.env_file import env_file

            return env_file(resolution, with_secrets=arguments.plaintext)
        case "compose":
            from samestack.config.rendering.compose import compose

            return compose(resolution, _name(arguments.name, resolution))
        case _:
            return _kubernetes(resolution, arguments)


def _kubernetes(resolution: "Resolution", arguments: argparse.Namespace) -> str:
    name = _object_name(resolution, arguments)
    match arguments.to:
        case "configmap":
            from samestack.config.rendering.config_map import config_map

            return config_map(resolution, name)
        case "secret":
            from samestack.config.rendering.secret import secret

            return secret(resolution, name)
        case _:
            from samestack.config.rendering.external_secret import external_secret

            return external_secret(resolution, name, _stores(arguments))


def _object_name(resolution: "Resolution", arguments: argparse.Namespace) -> "ObjectName":
    from samestack.config.rendering.kubernetes_object import ObjectName

    return ObjectName(name=_name(arguments.name, resolution), namespace=arguments.namespace)


def _name(said: str, resolution: "Resolution") -> str:
    from samestack.config.rendering.kubernetes_object import object_name_of
    from samestack.project.reading import read_project

    name = said or object_name_of(read_project(resolution.project).name)
    if not name:
        raise RequestError("the project has no name that an object could have", hint="give one with --name")
    return name


def _stores(arguments: argparse.Namespace) -> "SecretStores":
    from samestack.config.rendering.external_secret import SecretStores
    from samestack.config.rendering.remote_reference import STORE_KINDS

    names: dict[str, str] = {}
    for said in arguments.stores:
        kind, equals, name = said.partition("=")
        if not equals:
            names = {**dict.fromkeys(STORE_KINDS, kind), **names}
        elif kind in STORE_KINDS:
            names[kind] = name
        else:
            hint = f"there are: {', '.join(STORE_KINDS)}"
            raise RequestError(f"--store {said}: External Secrets reads no '{kind}'", hint=hint)
    return SecretStores(names=names, is_of_cluster=arguments.cluster_store)


def _note(resolution: "Resolution", target: str) -> None:
    from samestack.config.rendering.left_out import left_out
    from samestack.render.printable import printable

    for note in left_out(resolution, target):
        sys.stderr.write(f"note: {printable(note)}\n")
