"""``samestack tour``: the whole story on the VisionaryAI example, on this machine."""

import argparse
from pathlib import Path

from samestack.cli.output import deliver, terminal_reporter
from samestack.tour.story import tell

EXAMPLES = """\
  samestack tour                     real environments of about 350 MB each, some minutes the first time
  samestack tour --full              with TensorFlow 2.8 and 2.12
  samestack tour --directory /tmp/t  somewhere else than ./tour
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--full", action="store_true", help="with TensorFlow 2.8 and 2.12 (about 2 GB)")
    parser.add_argument("--directory", type=Path, default=Path("tour"), metavar="DIR", help="tour by default")


def run(arguments: argparse.Namespace) -> int:
    """Tell the story."""
    deliver(
        lambda console: tell(arguments.directory, console, terminal_reporter(), is_full=arguments.full), None
    )
    return 0
