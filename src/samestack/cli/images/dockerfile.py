"""``samestack image dockerfile``: a Dockerfile of the lock, for those who build with an engine."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from samestack.cli.output import deliver
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.image.dockerfile.choices import Choices
    from samestack.lock.decision import Lock
    from samestack.project.manifest import Project

EXAMPLES = """\
  samestack image dockerfile                          for the project here, beside its lock
  samestack image dockerfile --gpu                    on an image with the CUDA that the lock needs
  samestack image dockerfile --base registry.example.com/python:3.11-slim
  docker build --tag recommender .                    then, as ever
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "directory", nargs="?", default=".", metavar="DIR", help="the project (default: here)"
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", help="write the files here, and not into the project"
    )
    parser.add_argument("--lock", metavar="FILE", help="the lock (default: the project's)")
    parser.add_argument(
        "--base", default="", metavar="IMAGE", help="what to build on, with or without digest"
    )
    parser.add_argument("--gpu", action="store_true", help="build on the CUDA that the lock needs")
    parser.add_argument(
        "--platform", default="", help="linux/amd64 or linux/arm64 (default: the lock's first)"
    )
    parser.add_argument(
        "--installer", default="", metavar="IMAGE", help="an image with /uv (or with micromamba, for conda)"
    )
    parser.add_argument(
        "--without-buildkit", action="store_true", help="for builders that mount no caches and no secrets"
    )
    parser.add_argument("--force", action="store_true", help="write over files that samestack did not write")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and say which; 0."""
    from samestack.image.dockerfile.entry import dockerfile
    from samestack.image.dockerfile.saving import save
    from samestack.image.settings import image_settings
    from samestack.project.reading import read_project
    from samestack.render.images.dockerfile_text import print_dockerfile

    project = read_project(Path(arguments.directory))
    lock = _lock(project, arguments)
    made = dockerfile(project, lock, image_settings(project), _choices(arguments, lock))
    output = Path(arguments.output) if arguments.output else project.directory
    written = save(made, output, is_forced=arguments.force)
    deliver(lambda console: print_dockerfile(made, written, console), None)
    return 0


def _lock(project: "Project", arguments: argparse.Namespace) -> "Lock":
    from samestack.lock.reading import find_lock, read_lock

    found = Path(arguments.lock) if arguments.lock else find_lock(project)
    if found is None:
        raise RequestError(f"{project.directory} has no lock", hint="samestack lock makes one")
    return read_lock(found)


def _choices(arguments: argparse.Namespace, lock: "Lock") -> "Choices":
    from samestack.image.dockerfile.choices import Choices
    from samestack.oci.platform import AMD64, Platform

    of_lock = next((one for one in lock.table.platforms if one.startswith("linux-")), "")
    platform = arguments.platform or of_lock
    return Choices(
        base=arguments.base,
        installer=arguments.installer,
        platform=Platform.parse(platform) if platform else AMD64,
        is_for_gpu=arguments.gpu,
        has_buildkit=not arguments.without_buildkit,
    )
