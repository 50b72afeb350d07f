"""The user's editor, on the terminal, kept from leaving copies elsewhere."""

import shlex
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError, RequestError
from samestack.process import attended

_VIMS: Final = ("vim", "nvim", "gvim", "vimx")
_WITHOUT_COPIES: Final = ("-n", "-c", "set noundofile nobackup nowritebackup", "-i", "NONE")
"""No swap file, no undo file, no backup, no registers: they would stand in the user's own directories."""


def editor_command(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The program and its own arguments; ``vi`` where neither ``VISUAL`` nor ``EDITOR`` says."""
    said = variables.get("VISUAL") or variables.get("EDITOR") or "vi"
    try:
        words = tuple(shlex.split(said))
    except ValueError:
        words = ()
    if not words:
        raise RequestError("$EDITOR is no command", hint="for example: export EDITOR=nano")
    return (*words, *_WITHOUT_COPIES) if Path(words[0]).name in _VIMS else words


def edit(command: Sequence[str], path: Path) -> None:
    """Wait until the editor is closed. :class:`OutsideError` where it cannot start, or failed.

    Ctrl-C is the editor's own meanwhile.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = attended([*command, path])
    except OSError as error:
        hint = "name one that is there: export EDITOR=nano"
        raise OutsideError(f"{command[0]} cannot be started: {error.strerror}", hint=hint) from None
    finally:
        signal.signal(signal.SIGINT, before)
    if status != 0:
        raise OutsideError(f"{command[0]} ended with status {status}; nothing was changed")
