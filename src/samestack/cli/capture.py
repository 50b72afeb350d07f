"""``samestack capture``: what is in this environment?"""

import argparse

from samestack.capture.entry import capture, default_reference
from samestack.capture.options import Options
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.codec import encode_snapshot
from samestack.model import Reference, Snapshot
from samestack.progress import SILENT

EXAMPLES = """\
  samestack capture                            the environment that is active here
  samestack capture venv:.venv -o mine.json    save a snapshot, to send to a colleague
  samestack capture requirements.txt           what a file asks for
  samestack capture rootfs:/mnt/disk           a root file system of any distribution
  samestack capture image:agent:1.0            an image that Docker has; also oci:, registry:, container:
  samestack capture ssh:gpu1/venv:/srv/.venv   an environment on another machine
  samestack capture kubernetes:helpdesk/agent  what a Deployment runs
  samestack capture --deep --format json       read the binaries too
  samestack capture --format cyclonedx -o sbom.json
"""
FORMATS = ("table", "json", "cyclonedx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "reference",
        nargs="?",
        metavar="REFERENCE",
        help="the environment; by default the activated one, ./.venv, or else this machine",
    )
    parser.add_argument("--format", choices=FORMATS, help="table by default, json with --output")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead")
    parser.add_argument("--deep", action="store_true", help="read the binaries too: libraries, symbols, ABIs")
    parser.add_argument("--full", action="store_true", help="list every component in the table")


def run(arguments: argparse.Namespace) -> int:
    """Capture, and deliver the snapshot."""
    reference = Reference.parse(arguments.reference) if arguments.reference else default_reference()
    options = Options(deep=arguments.deep, reporter=terminal_reporter() if arguments.deep else SILENT)
    chosen = arguments.format or ("json" if arguments.output else "table")
    deliver(_rendered(capture(reference, options), chosen, is_full=arguments.full), arguments.output)
    return 0


def _rendered(snapshot: Snapshot, chosen: str, *, is_full: bool) -> bytes | Drawing:
    if chosen == "json":
        return encode_snapshot(snapshot)
    if chosen == "cyclonedx":
        from samestack.render.snapshot.cyclonedx import encode_cyclonedx

        return encode_cyclonedx(snapshot)
    from samestack.render.snapshot.snapshot_table import print_snapshot

    return lambda console: print_snapshot(snapshot, console, full=is_full)
