"""``samestack image push``: bring an image to a registry."""

import argparse
from typing import TYPE_CHECKING, Final

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.cli.output import deliver
from samestack.errors import RequestError
from samestack.oci.image_name import ImageName
from samestack.oci.platform import Platform

if TYPE_CHECKING:
    from samestack.oci.copying import Copied

EXAMPLES = """\
  samestack image push oci:build registry:registry.example.com/team/agent:1.0
  samestack image push agent.tar registry:registry.example.com/team/agent:1.0 --platform linux/arm64
  samestack image push image:agent:1.0 registry:registry.example.com/team/agent:1.0 --format json
"""
FORMATS = ("table", "json")
_KIND: Final = "registry:"
_HINT: Final = "for example registry:registry.example.com/team/name:1.0"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("source", metavar="SOURCE", help="an image: in a layout, an archive, an engine or a registry")
    add("destination", metavar="DESTINATION", help="registry:HOST/NAME:TAG")
    add("--platform", action="append", default=[], metavar="P", help="only what is for it; repeatable")
    add("--insecure", action="store_true", help="speak plain HTTP with the registry of the destination")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: argparse.Namespace) -> int:
    """Bring it there, and say what had to be moved."""
    name = _destination(arguments.destination)
    copied = _pushed(arguments, name)
    if arguments.format == "json":
        from samestack.render.images.push_json import encode_push

        deliver(encode_push(copied, name), None)
    else:
        from samestack.render.images.push_text import print_push

        deliver(lambda console: print_push(copied, name, console), None)
    return 0


def _pushed(arguments: argparse.Namespace, name: ImageName) -> "Copied":
    from samestack.oci.copying import copy
    from samestack.oci.opening import located
    from samestack.oci.registry.opening import opened_destination

    platforms = [Platform.parse(one) for one in arguments.platform]
    source, version = located(arguments.source)
    with opened_destination(name, is_insecure=arguments.insecure) as destination:
        return copy(
            source,
            version,
            destination,
            name.tag,
            platforms=platforms,
            host=name.host,
            reporter=DeferredReporter(),
        )


def _destination(text: str) -> ImageName:
    """Where it goes: with a tag, since whoever pulls it has to call it something."""
    if not text.startswith(_KIND):
        raise RequestError(f"'{text}' is no place in a registry", hint=_HINT)
    name = ImageName.parse(text.removeprefix(_KIND))
    if name.digest:
        raise RequestError(f"'{text}': what is pushed has the digest that it has", hint=_HINT)
    if not name.tag:
        raise RequestError(f"'{text}' names no tag", hint=_HINT)
    return name
