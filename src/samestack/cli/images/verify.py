"""``samestack image verify``: is the image what its lock says?"""

import argparse
import os
from typing import TYPE_CHECKING

from samestack.cli.images.terms import add_terms, terms_of
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.oci.platform import Platform

if TYPE_CHECKING:
    from samestack.image.verifying.verification import Verification

EXAMPLES = """\
  samestack image verify oci:image                         against the lock of this project
  samestack image verify image:team/agent:1.0              whoever built it
  samestack image verify registry:registry.example.com/team/agent:1.0 pylock.toml
  samestack image verify agent.tar --prefix /usr/local     no virtual environment, but its Python
"""
FORMATS = ("table", "json", "html")
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("image", metavar="IMAGE", help="in a layout, an archive, an engine or a registry")
    add("lock", nargs="?", metavar="LOCK", help="by default the project's")
    add_terms(parser)
    add("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")
    add("--full", action="store_true", help="list every deviation in the table")


def run(arguments: argparse.Namespace) -> int:
    """Verify, and say what deviates; 0 when nothing does."""
    from samestack.image.building.wheel_files import WheelFiles
    from samestack.image.verifying.verifying import verify
    from samestack.oci.opening import open_image

    terms = terms_of(arguments, arguments.lock)
    image = open_image(arguments.image, Platform.parse(arguments.platform) if arguments.platform else None)
    with WheelFiles(os.environ) as wheels:
        verification = verify(image, terms, wheels, terminal_reporter())
    deliver(_rendered(verification, format_of(arguments), is_full=arguments.full), arguments.output)
    return 0 if verification.is_whole else 1


def format_of(arguments: argparse.Namespace) -> str:
    """The format that was asked for, or that the name of the output tells."""
    _, dot, suffix = (arguments.output or "").rpartition(".")
    return str(arguments.format or _SUFFIXES.get(dot + suffix.lower(), "table"))


def _rendered(verification: "Verification", chosen: str, *, is_full: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.images.verification_json import encode_verification

        return encode_verification(verification)
    if chosen == "html":
        from samestack.render.images.verification_html import verification_html

        return verification_html(verification).encode()
    from samestack.render.images.verification_text import print_verification

    return lambda console: print_verification(verification, console, full=is_full)
