"""What is personal or of this moment is cut out of everything that a recording keeps.

Paths stay readable: the home directory is ``~``, the working directory ``.``, temporary ones are named by
their variables. The same program then says the same on another machine, too.
"""

import os
import pwd
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.addresses import without_credentials

_LEAST_NAME: Final = 3
_TEMPORARY: Final = r"\$TMPDIR/tmp[a-z0-9_]{8}\b"
"""A name that Python's tempfile drew."""


class Personal(Struct, frozen=True):
    """Paths with what is written in their place."""

    places: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def here(cls, places: Mapping[Path, str]) -> "Personal":
        """Those of this process and its user, beside the given ones."""
        known = {str(path): word for path, word in places.items()}
        known.update({str(path.resolve()): word for path, word in places.items()})
        for home in (os.environ.get("HOME", ""), _account().pw_dir):
            known.setdefault(home, "~")
            known.setdefault(os.path.realpath(home) if home else "", "~")
        known.setdefault(os.getcwd(), ".")  # noqa: PTH109 - a text is what is replaced
        known.setdefault(tempfile.gettempdir(), "$TMPDIR")
        return cls({path: word for path, word in known.items() if path.strip("/")})

    def cleaned(self, text: str) -> str:
        """The text without them, and without credentials in its addresses."""
        if "/" not in text:
            return text
        paths = sorted(self.places, key=len, reverse=True)
        # A path ends where its last name does, and begins where no other path goes on.
        pattern = rf"(?<![\w.~-])({'|'.join(map(re.escape, paths))})(?![\w-]|\.\w)"
        replaced = re.sub(pattern, lambda match: self.places[match[1]], text) if paths else text
        return without_credentials(re.sub(_TEMPORARY, "$TMPDIR/tmp", _without_user(replaced)))

    def cleaned_all(self, value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        """JSON with every text in it cleaned."""
        if isinstance(value, str):
            return self.cleaned(value)
        if isinstance(value, Mapping):
            return {key: self.cleaned_all(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.cleaned_all(one) for one in value]
        return value


def _without_user(text: str) -> str:
    """The user's name is a personal one where it is a part of a path: as a word it may be any word."""
    name = _account().pw_name
    if len(name) < _LEAST_NAME or name == "root":
        return text
    return re.sub(rf"(?<=/){re.escape(name)}(?=/|$|\s)", "USER", text)


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(os.getuid())
    except KeyError:  # a container may run as nobody that it knows
        return pwd.struct_passwd(("", "", os.getuid(), os.getgid(), "", "", ""))
