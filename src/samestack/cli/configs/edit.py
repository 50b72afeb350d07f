"""``samestack config edit``: a profile's secrets in one's editor, in memory alone."""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samestack.cli.configs.secret_store import add_store, note, profile_and_store
from samestack.errors import RequestError, SamestackError

if TYPE_CHECKING:
    from samestack.config.age.secret_document import Secrets
    from samestack.config.age.store import Store

EXAMPLES = """\
  samestack config edit --profile production
  EDITOR="nano" samestack config edit                    another editor than usual
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add_store(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the decrypted document, and encrypt what comes back."""
    from samestack.config.age.editing import editable
    from samestack.config.age.editor import editor_command
    from samestack.config.age.private_file import memory_directory, private_file

    profile, store = profile_and_store(arguments)
    command, memory = editor_command(os.environ), memory_directory(os.environ)
    store.checked_recipients()
    before = store.read()
    text = editable(before, profile)
    with private_file(f"{profile}.toml", text.encode(), memory) as path:
        note(f"the decrypted text is in memory ({path.parent}), and goes when the editor is closed")
        after = _edited(command, path, store, before)
    said = "nothing was changed" if after is None else f"{len(after.variables)} variables"
    sys.stdout.write(f"{store.path}: {said}\n")
    return 0


def _edited(command: Sequence[str], path: Path, store: "Store", before: "Secrets") -> "Secrets | None":
    """The secrets after editing; ``None`` where they are the same.

    What cannot be encrypted can be edited again: it goes only when the user wants that.
    """
    from samestack.config.age.editor import edit

    while True:
        edit(command, path)
        try:
            return _kept(path, store, before)
        except SamestackError as error:
            note(f"{error.message}{f' ({error.hint})' if error.hint else ''}")
            if not _wants_to_go_on():
                raise RequestError(
                    "what was edited is dropped; the file is as it was", hint="run it again"
                ) from None


def _kept(path: Path, store: "Store", before: "Secrets") -> "Secrets | None":
    from samestack.config.age.editing import document_values, rebased
    from samestack.config.age.secret_document import replaced, stamp

    values = document_values(path, "the edited text")
    now = stamp(dt.datetime.now(dt.UTC))
    if values.keys() == before.variables.keys() and replaced(before, values, now) == before:
        return None
    _, after = store.change(lambda secrets: rebased(secrets, before, values, now))
    return after


def _wants_to_go_on() -> bool:
    """Whether to edit again; nobody who could be asked does not."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write("Edit again? Otherwise it is dropped. [Y/n] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().lower() in {"", "y", "yes"}
