"""The actions of ``samestack image`` on a command line of their own: in a process, as people run them."""

import subprocess
import sys
from typing import Final

ACTION: Final = """
import argparse, importlib, sys
from samestack.errors import SamestackError
module = importlib.import_module(f"samestack.cli.images.{sys.argv[1]}")
parser = argparse.ArgumentParser(prog="samestack image")
action = parser.add_subparsers().add_parser(sys.argv[1])
module.add_arguments(action)
try:
    sys.exit(module.run(parser.parse_args(sys.argv[1:])))
except SamestackError as error:
    sys.stderr.write(f"error: {error.message}\\n hint: {error.hint}\\n")
    sys.exit(error.exit_status)
"""


def started(*words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """An action that runs."""
    command = [sys.executable, "-c", ACTION, *words]
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_action(*words: str) -> tuple[int, str, str]:
    """An action that has ended: its exit status, its output and its messages."""
    process = started(*words)
    output, messages = process.communicate(timeout=120)
    return process.returncode, output, messages
