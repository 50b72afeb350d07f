"""Commands as installers write them, copied from what each of them really wrote."""

import pytest

from samestack.image.verifying.known_launchers import is_same_command
from samestack.image.wheels.entry_points import EntryPoint
from samestack.image.wheels.scripts import launcher

PYTHONS = frozenset({"/opt/venv/bin/python", "/opt/venv/bin/python3.11"})
EXPECTED = launcher(EntryPoint("normalizer", "charset_normalizer", "cli.cli_detect"), "/opt/venv/bin/python")

PIP_22 = r"""# -*- coding: utf-8 -*-
import re
import sys
from charset_normalizer import cli
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0])
    sys.exit(cli.cli_detect())
"""
PIP_25_3 = """import sys
from charset_normalizer import cli
if __name__ == '__main__':
    if sys.argv[0].endswith('.exe'):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(cli.cli_detect())
"""
PIP_26 = """import sys
from charset_normalizer import cli
if __name__ == '__main__':
    sys.argv[0] = sys.argv[0].removesuffix('.exe')
    sys.exit(cli.cli_detect())
"""
UV_0_2 = r"""# -*- coding: utf-8 -*-
import re
import sys
from charset_normalizer import cli
if __name__ == "__main__":
    sys.argv[0] = re.sub(r"(-script\.pyw|\.exe)?$", "", sys.argv[0])
    sys.exit(cli.cli_detect())
"""
UV_0_5 = """# -*- coding: utf-8 -*-
import sys
from charset_normalizer import cli
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(cli.cli_detect())
"""
WRITTEN = {"pip 22": PIP_22, "pip 25.3": PIP_25_3, "pip 26": PIP_26, "uv 0.2": UV_0_2, "uv 0.5": UV_0_5}


@pytest.mark.parametrize("installer", WRITTEN)
def test_installers_are_known(installer: str) -> None:
    script = f"#!/opt/venv/bin/python3.11\n{WRITTEN[installer]}".encode()
    assert is_same_command(script, EXPECTED, PYTHONS)


def test_a_shell_may_find_the_interpreter() -> None:
    script = b"#!/bin/sh\n'''exec' '/opt/venv/bin/python' \"$0\" \"$@\"\n' '''\n" + UV_0_5.encode()
    assert is_same_command(script, EXPECTED, PYTHONS)
    plain = script.replace(b"'/opt/venv/bin/python'", b"/opt/venv/bin/python")
    assert is_same_command(plain, EXPECTED, PYTHONS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/opt/venv/bin/python3.11", "/usr/bin/python3.11"),
        ("/opt/venv/bin/python3.11", "/opt/venv/bin/python3.11 -i"),
        ("charset_normalizer", "charset_normaliser"),
        ("cli.cli_detect", "cli.other"),
        ("import cli\n", "import cli, os\n"),
        ("    sys.exit(", "    import os\n    sys.exit("),
        ("import sys\n", "import evil\nimport sys\n"),
        ("    sys.exit(cli.cli_detect())\n", "    sys.exit(cli.cli_detect())\nimport evil\n"),
    ],
)
@pytest.mark.parametrize("installer", WRITTEN)
def test_whatever_else_it_says_is_something_else(installer: str, before: str, after: str) -> None:
    script = f"#!/opt/venv/bin/python3.11\n{WRITTEN[installer]}"
    altered = script.replace(before, after)
    assert altered != script
    assert not is_same_command(altered.encode(), EXPECTED, PYTHONS)


@pytest.mark.parametrize(
    "script", [b"", b"#!", b"#!\n", b"\x7fELF\0\0", b"#!/bin/sh\n'''exec' '\n", b"#!'\n" + b"'" * 9]
)
def test_what_is_no_script_is_no_command(script: bytes) -> None:
    assert not is_same_command(script, EXPECTED, PYTHONS)


def test_a_script_of_a_wheel_has_to_be_the_same() -> None:
    expected = b"#!/opt/venv/bin/python\nprint('tool')\n"
    assert is_same_command(b"#!/opt/venv/bin/python3.11\nprint('tool')\n", expected, PYTHONS)
    assert not is_same_command(b"#!/opt/venv/bin/python3.11\nprint('fool')\n", expected, PYTHONS)
