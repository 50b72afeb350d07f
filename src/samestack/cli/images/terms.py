"""What actions share that hold an image against a lock: which lock, which Python, which environment."""

import argparse
from pathlib import Path

from samestack.errors import RequestError
from samestack.image.building.target import python_series
from samestack.image.settings import image_settings
from samestack.image.verifying.verifying import Terms
from samestack.lock.reading import find_lock, read_lock
from samestack.project.reading import read_project


def add_terms(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    add = parser.add_argument
    add(
        "--platform", metavar="P", help="linux/amd64, linux/arm64; by default the only one, or this machine's"
    )
    add(
        "--python", default="", metavar="V", help="the series of Python, where the lock does not say it: 3.11"
    )
    add("--prefix", default="", metavar="PATH", help="the environment in the image; by default it is found")
    add("--project", default=".", metavar="DIR", help="whose settings and lock; by default this directory")


def terms_of(arguments: argparse.Namespace, lock: str | None) -> Terms:
    """The terms for a lock, by default the project's; :class:`RequestError` where there is none."""
    project = read_project(Path(arguments.project))
    path = Path(lock) if lock else find_lock(project)
    if path is None:
        raise RequestError("there is no lock to hold the image against", hint="name it, or: samestack lock")
    found = read_lock(path)
    return Terms(
        lock=found,
        python=arguments.python or python_series(found),
        settings=image_settings(project),
        prefix=arguments.prefix,
    )
