"""``python -m samestack`` is ``samestack``."""

from samestack.cli.main import program

program()
