"""``samestack image explain``: what is in the image, what of it is useless, and what would a change move?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from samestack.cli.images.terms import add_terms, terms_of
from samestack.cli.images.verify import format_of
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.oci.platform import Platform
from samestack.progress import Reporter

if TYPE_CHECKING:
    from samestack.image.sizes.movement import Movement
    from samestack.image.sizes.sizes import Sizes
    from samestack.oci.layers.merged import MergedFiles
    from samestack.oci.places import Image

EXAMPLES = """\
  samestack image explain oci:image
  samestack image explain image:team/agent:1.0 -o sizes.html       with a treemap
  samestack image explain oci:image --against pylock.toml          what would a build of this lock move?
  samestack image explain oci:old --against registry:registry.example.com/team/agent:1.1
"""
FORMATS = ("table", "json", "html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("image", metavar="IMAGE", help="in a layout, an archive, an engine or a registry")
    add("--against", metavar="LOCK|IMAGE", help="say what a change to this lock or image would move")
    add_terms(parser)
    add("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")
    add("--full", action="store_true", help="list everything in the table")


def run(arguments: argparse.Namespace) -> int:
    """Weigh the image, and say what it weighs."""
    from samestack.image.sizes.explaining import weigh
    from samestack.oci.layers.merged import merged
    from samestack.oci.opening import open_image

    reporter = terminal_reporter()
    image = open_image(arguments.image, Platform.parse(arguments.platform) if arguments.platform else None)
    with merged(image, reporter) as files:
        sizes = weigh(image, files)
        movement = _movement(image, files, sizes, arguments, reporter) if arguments.against else None
    chosen = format_of(arguments)
    deliver(_rendered(sizes, movement, chosen, is_full=arguments.full), arguments.output)
    return 0


def _movement(
    image: "Image", files: "MergedFiles", sizes: "Sizes", arguments: argparse.Namespace, reporter: Reporter
) -> "Movement":
    from samestack.image.sizes.moving import movement_to_image, movement_to_lock
    from samestack.oci.opening import open_image

    if _is_lock(arguments.against):
        terms = terms_of(arguments, arguments.against)
        return movement_to_lock(image, files, sizes, terms, reporter)
    return movement_to_image(image, open_image(arguments.against, image.platform))


def _is_lock(text: str) -> bool:
    """A file that is no archive: images are never told by these endings."""
    path = Path(text)
    return path.is_file() and path.suffix in {".toml", ".lock", ".txt", ".yml", ".yaml", ".json"}


def _rendered(sizes: "Sizes", movement: "Movement | None", chosen: str, *, is_full: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.images.sizes_json import encode_sizes

        return encode_sizes(sizes, movement)
    if chosen == "html":
        from samestack.render.images.sizes_html import sizes_html

        return sizes_html(sizes, movement).encode()
    from samestack.render.images.sizes_text import print_sizes

    return lambda console: print_sizes(sizes, console, movement=movement, full=is_full)
