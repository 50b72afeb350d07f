"""``samestack config encrypt``: put secrets into the file of a profile that is kept with the code."""

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestack.cli.configs.secret_store import STDIN, add_store, note, piped_text, profile_and_store
from samestack.errors import InputError, RequestError

if TYPE_CHECKING:
    from samestack.config.age.secret_document import Secrets

EXAMPLES = """\
  samestack config encrypt --generate-identity           once for each person and machine
  samestack config encrypt --profile production secrets.env
  samestack config encrypt --profile production secrets.toml
  pass show api-key | sed 's/^/API_KEY=/' | samestack config encrypt --profile production -
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add(
        "file",
        nargs="?",
        metavar="FILE",
        help="a .env file, a TOML, YAML or JSON document, or - for NAME=VALUE lines, each value as it stands",
    )
    add_store(parser)
    add(
        "--generate-identity",
        action="store_true",
        help="make a key of one's own, and print the recipient that others encrypt to",
    )


def run(arguments: argparse.Namespace) -> int:
    """Encrypt what is new or changed, and keep the rest."""
    if arguments.generate_identity:
        return _generate(arguments)
    from samestack.config.age.secret_document import replaced, stamp

    _, store = profile_and_store(arguments)
    values = _values(arguments.file)
    now = stamp(dt.datetime.now(dt.UTC))
    before, after = store.change(lambda secrets: replaced(secrets, values, now))
    sys.stdout.write(f"{store.path}: {_told(before, after)}\n")
    if arguments.file != "-":
        note(f"{arguments.file} still has the values for all to read: remove it")
    return 0


def _generate(arguments: argparse.Namespace) -> int:
    from samestack.config.age.generating import generate_identity
    from samestack.config.age.identities import usual_key_file

    if arguments.file:
        raise RequestError("--generate-identity encrypts nothing", hint=f"leave {arguments.file} out")
    path = usual_key_file(os.environ)
    if path is None:
        hint = "name it: SAMESTACK_AGE_IDENTITY_FILE=FILE"
        raise RequestError("there is no home directory for the key file", hint=hint)
    recipient = generate_identity(path, dt.datetime.now(dt.UTC))
    sys.stdout.write(f"{recipient}\n")
    note(f"the key is in {path}: keep a copy where nobody else can read it")
    note("write the recipient into age-recipients of [tool.samestack.config], then: samestack config rotate")
    return 0


def _values(file: str | None) -> dict[str, Any]:
    if file is None:
        hint = "a file, or - for standard input; for one value alone: samestack config rotate NAME"
        raise RequestError("nothing is named that could be encrypted", hint=hint)
    values = _of_lines(piped_text()) if file == "-" else _of_file(file)
    if not values:
        raise RequestError(f"{STDIN if file == '-' else file}: there is no variable in it")
    return values


def _of_file(file: str) -> dict[str, Any]:
    from samestack.config.age.editing import document_values
    from samestack.config.sources.document import ENDINGS

    if Path(file).suffix in ENDINGS:
        return document_values(Path(file), file)
    from samestack.config.sources.dotenv_file import KIND
    from samestack.config.sources.kind import Question

    question = Question(locator=file, project=Path.cwd(), profile="")
    return {entry.name: entry.value for entry in KIND.read(question)}


def _of_lines(text: str) -> dict[str, Any]:
    """``NAME=VALUE`` lines. No quotes or escapes mean anything: what a program wrote is what is kept."""
    from samestack.config.names import variable_name

    found: dict[str, Any] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        written, equals, value = line.removesuffix("\r").partition("=")
        name = variable_name((written,))
        if not equals or name is None:
            hint = "a value of several lines stands in a document: samestack config encrypt FILE.toml"
            raise InputError(STDIN, "not NAME=VALUE", place=f"line {number}", hint=hint)
        if name in found:
            raise InputError(STDIN, f"{name} a second time", place=f"line {number}")
        found[name] = value
    return found


def _told(before: "Secrets", after: "Secrets") -> str:
    """``2 added, 1 changed, 5 in all``."""
    added = len(after.variables.keys() - before.variables.keys())
    changed = sum(after.variables[name] != secret for name, secret in before.variables.items())
    return f"{added} added, {changed} changed, {len(after.variables)} in all"
