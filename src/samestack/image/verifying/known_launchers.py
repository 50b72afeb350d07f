"""The commands of entry points as installers write them: the same function is called, in other words.

Their texts are those of uv, of pip and distlib in several versions, and of ``installer``, which Poetry uses.
"""

import re
import shlex
from collections.abc import Collection, Iterator
from typing import Final

_FIRST_LINE: Final = re.compile(rb"#! ?(?P<path>[^\n ]+)\n")
_BY_A_SHELL: Final = re.compile(rb"""#!/bin/sh\n'''exec' (?P<path>[^\n]+) "\$0" "\$@"\n' '''\n""")
_CALL: Final = re.compile(
    rb"^\s*from (?P<module>\S+) import (?P<name>\S+)$.*^\s*sys\.exit\((?P<call>\S+)\(\)\)$",
    re.MULTILINE | re.DOTALL,
)

_UV: Final = """\
# -*- coding: utf-8 -*-
import sys
from {module} import {name}
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit({call}())
"""
_INSTALLER: Final = r"""# -*- coding: utf-8 -*-
import re
import sys
from {module} import {name}
if __name__ == "__main__":
    sys.argv[0] = re.sub(r"(-script\.pyw|\.exe)?$", "", sys.argv[0])
    sys.exit({call}())
"""
_PIP_25_1: Final = _INSTALLER.replace('"', "'")
_PIP_25_3: Final = """\
import sys
from {module} import {name}
if __name__ == '__main__':
    if sys.argv[0].endswith('.exe'):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit({call}())
"""
_PIP_26: Final = """\
import sys
from {module} import {name}
if __name__ == '__main__':
    sys.argv[0] = sys.argv[0].removesuffix('.exe')
    sys.exit({call}())
"""
_DISTLIB: Final = r"""# -*- coding: utf-8 -*-
import re
import sys
if __name__ == '__main__':
    from {module} import {name}
    sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0])
    sys.exit({call}())
"""
_BODIES: Final = (_UV, _INSTALLER, _PIP_25_1, _PIP_25_3, _PIP_26, _DISTLIB)
"""uv from 0.5, ``installer`` and uv before that, pip up to 25.1, up to 25.3 and since, distlib."""


def is_same_command(found: bytes, expected: bytes, interpreters: Collection[str]) -> bool:
    """Whether a script is what some installer makes of ``expected``, a script for this environment.

    Its first line has to name one of ``interpreters``; what follows has to be the same, or to call the same
    function as installers write it.
    """
    interpreter, rest = _parted(found)
    _, wanted = _parted(expected)
    return interpreter in interpreters and (rest == wanted or rest in set(_bodies(wanted)))


def _parted(script: bytes) -> tuple[str, bytes]:
    """The interpreter that a script names, itself or by a shell, and what follows."""
    match = _BY_A_SHELL.match(script) or _FIRST_LINE.match(script)
    if match is None:
        return "", script
    words = shlex.split(match["path"].decode("utf-8", "replace")) if _is_quoted(match["path"]) else None
    return (words[0] if words else match["path"].decode("utf-8", "replace")), script[match.end() :]


def _is_quoted(path: bytes) -> bool:
    return len(path) > 2 and path[:1] == path[-1:] and path[:1] in (b"'", b'"') and path.count(path[:1]) == 2


def _bodies(wanted: bytes) -> Iterator[bytes]:
    match = _CALL.search(wanted)
    if match is not None:
        words = {key: value.decode("utf-8", "replace") for key, value in match.groupdict().items()}
        yield from (body.format(**words).encode() for body in _BODIES)
