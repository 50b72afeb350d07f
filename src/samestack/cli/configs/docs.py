"""``samestack config docs``: a table of every variable, from the schema, in a file that stays up to date."""

import argparse
from pathlib import Path
from typing import Final

from samestack.cli.configs.terms import add_project, class_environment, project_of
from samestack.cli.output import deliver
from samestack.config.resolving import MANIFEST
from samestack.config.schema.reading import read_schema
from samestack.config.settings import config_settings
from samestack.errors import RequestError
from samestack.files import write_file
from samestack.render.configuration.marked_table import new_page, table_in, with_table

EXAMPLES: Final = """\
  samestack config docs                                  the table, in Markdown
  samestack config docs -o docs/configuration.md         written, or put between its markers
  samestack config docs --check docs/configuration.md    is it up to date? for a test, or a hook
"""
_MAX_BYTES: Final = 8 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a new file, or one with markers for the table"
    )
    chosen.add_argument(
        "--check",
        type=Path,
        metavar="FILE",
        help="end with status 1 where FILE has another table, and write nothing",
    )
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print, write or compare the table."""
    table = _table(project_of(arguments))
    if arguments.check is not None:
        return _compared(table, arguments.check)
    if arguments.output is None:
        deliver(table.encode(), None)
    else:
        write_file(_page(table, arguments.output).encode(), arguments.output)
    return 0


def _table(project: Path) -> str:
    from samestack.config.schema.documenting import markdown_table

    manifest = project / MANIFEST
    schema = read_schema(config_settings(manifest), manifest, project, class_environment(project))
    if not schema.fields:
        hint = "write [tool.samestack.config.fields], or let samestack config init do it"
        raise RequestError(f"{manifest}: no variable is declared", hint=hint)
    return markdown_table(schema)


def _page(table: str, file: Path) -> str:
    return with_table(_read(file), table, str(file)) if file.exists() else new_page(table)


def _compared(table: str, file: Path) -> int:
    if table_in(_read(file), str(file)) == table.strip():
        return 0
    from samestack.cli.output import warn

    warn([f"{file}: its table of variables is not up to date: samestack config docs -o {file}"])
    return 1


def _read(file: Path) -> str:
    from samestack.capture.documents import read_text

    return read_text(file, limit=_MAX_BYTES)
