"""``samestack image build``: the image itself, from the lock, without an engine."""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import structs

from samestack.cli.output import Drawing, deliver, terminal_reporter, warn
from samestack.errors import RequestError
from samestack.image.building.building import build
from samestack.image.building.outputs import output_of
from samestack.image.building.request import BuildRequest, Built
from samestack.image.building.target import python_series
from samestack.image.settings import ImageSettings, image_settings
from samestack.lock.decision import Lock, LockOptions
from samestack.lock.reading import find_lock, read_lock
from samestack.oci.images import machine_platform
from samestack.oci.platform import Platform
from samestack.progress import Reporter
from samestack.project.manifest import Project
from samestack.project.reading import read_project

EXAMPLES = """\
  samestack image build -o oci:image                       into a directory
  samestack image build -o image.tar                       docker load, podman load
  samestack image build -o registry:registry.example.com/team/name:1.0
  samestack image build -o oci:image --platform linux/amd64 --platform linux/arm64
  samestack image build -o oci:layers --base scratch       the layers alone
"""
FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="the project; by default this directory")
    add(
        "-o",
        "--output",
        required=True,
        metavar="PLACE",
        help="oci:DIR[:TAG], FILE.tar or registry:HOST/NAME:TAG",
    )
    add("--lock", metavar="FILE", help="a standard lock, or uv's or Poetry's; by default the project's")
    add("--locked", action="store_true", help="refuse a lock that is behind what the project asks for")
    add(
        "--platform",
        action="append",
        default=[],
        metavar="P",
        help="linux/amd64 or linux/arm64, may be repeated; by default those of the lock",
    )
    add("--base", metavar="REF", help="debian:SUITE, scratch, registry:, oci:, image: or an archive")
    add("--lock-base", action="store_true", help="decide the Debian packages of the base, into the lock")
    add("--python", default="", metavar="V", help="the series, where the lock does not say it: 3.11")
    add("--python-from", metavar="WHERE", help="base, debian, copy, or the path of an installation")
    add("--layers", type=int, metavar="N", help="the most layers of packages")
    add("--previous", default="", metavar="REF", help="an earlier image whose layers are taken over")
    add("--no-previous", action="store_true", help="take over no layer of an image, only of our own cache")
    add("--insecure", action="store_true", help="speak with the registry without encryption")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: argparse.Namespace) -> int:
    """Build, and say what was built."""
    project = read_project(Path(arguments.directory))
    output = output_of(arguments.output, title=project.name, is_insecure=arguments.insecure)
    reporter = terminal_reporter()
    request, noted = _with_base(_request(project, arguments), reporter, is_locked=arguments.lock_base)
    built = build(request, output, reporter)
    if arguments.format != "json":
        warn((*noted, *built.remarks))
    deliver(_rendered(built, arguments.format), None)
    return 0


def _request(project: Project, arguments: argparse.Namespace) -> BuildRequest:
    lock = _lock(project, arguments)
    return BuildRequest(
        project=project,
        lock=lock,
        settings=_settings(image_settings(project), arguments),
        platforms=_platforms(arguments.platform, lock),
        environment=os.environ,
        python=arguments.python or python_series(lock),
        previous=arguments.previous,
        from_previous=not arguments.no_previous,
    )


def _with_base(
    request: BuildRequest, reporter: Reporter, *, is_locked: bool
) -> tuple[BuildRequest, tuple[str, ...]]:
    if not is_locked:
        return request, ()
    from samestack.image.building.base_lock import with_locked_base

    return with_locked_base(request, reporter)


def _lock(project: Project, arguments: argparse.Namespace) -> Lock:
    path = Path(arguments.lock) if arguments.lock else find_lock(project)
    if path is None:
        hint = "decide one: samestack lock"
        raise RequestError(f"{project.directory} has no lock, and an image is built from one", hint=hint)
    lock = read_lock(path)
    if arguments.locked:
        _check_is_current(project, lock)
    return lock


def _check_is_current(project: Project, lock: Lock) -> None:
    from samestack.lock.currency import currency

    state = currency(project, lock, LockOptions())
    if not state.is_current:
        reason = next(iter(state.reasons), "it is not what the project asks for")
        raise RequestError(f"{lock.path} is behind the project: {reason}", hint="samestack lock")


def _settings(settings: ImageSettings, arguments: argparse.Namespace) -> ImageSettings:
    said = {"base": arguments.base, "python": arguments.python_from, "layers": arguments.layers}
    return structs.replace(settings, **{key: value for key, value in said.items() if value is not None})


def _platforms(named: Iterable[str], lock: Lock) -> tuple[Platform, ...]:
    """Those that are named; else those of the lock that containers run on; else this machine's."""
    of_lock = (one for one in lock.table.platforms if one.startswith("linux-"))
    texts = tuple(dict.fromkeys(named)) or tuple(of_lock)
    return tuple(map(Platform.parse, texts)) or (machine_platform(),)


def _rendered(built: Built, chosen: str) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.images.build_json import encode_build

        return encode_build(built)
    from samestack.render.images.build_text import print_build

    return lambda console: print_build(built, console)
