"""What the last sync has put into an environment, so that the next one need not read all of it again.

It holds as long as the directories of packages are as that sync left them: whoever installs something, or
takes something away, changes them.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.envs.syncing import stamp
from samestack.envs.syncing.observed import Observed
from samestack.envs.transaction import journal
from samestack.errors import OutsideError
from samestack.files import write_file

FORM: Final = f"{stamp.FORM} contents"
_FILE: Final = f"{journal.DIRECTORY}/contents"
_MAX_BYTES: Final = 16 * 1024 * 1024


class _Contents(Struct, frozen=True, kw_only=True):
    form: str
    place: str
    """The directory by its number: a copy of an environment is another one."""
    signs: Mapping[str, str]
    observed: Observed


def remembered(place: Path) -> Observed | None:
    """What is in an environment, if nothing has changed there since the last sync."""
    try:
        with (place / _FILE).open("rb") as file:
            contents = msgspec.json.decode(file.read(_MAX_BYTES), type=_Contents)
    except (OSError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    is_own = contents.form == FORM and contents.place == stamp.identity(str(place))
    holds = is_own and all(stamp.sign(path) == sign for path, sign in contents.signs.items())
    return contents.observed if holds else None


def remember(place: Path, observed: Observed, paths: tuple[str, ...]) -> None:
    """Note what is in an environment now; ``paths`` are what changes with it."""
    contents = _Contents(
        form=FORM,
        place=stamp.identity(str(place)),
        signs={path: stamp.sign(path) for path in paths},
        observed=observed,
    )
    with contextlib.suppress(OSError, OutsideError):
        write_file(msgspec.json.encode(contents), place / _FILE)
