"""Tells what a project's settings class declares, or what it has against values.

A script for the interpreter of the project's environment: Python 3.7 or newer, pydantic 1 or 2, and nothing
of samestack but the directory ``class_reader`` beside it. It reads a request in JSON from its standard input
and writes one line of JSON; see ``class_reader/program.py``.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", False):
    del sys.path[0]  # the directory of this script has a typing.py, and is no part of the environment

import os
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location

_NAME = "samestack_class_reader"


def main() -> None:
    """Answer one request, with the package beside this script under a name that no project has."""
    directory = os.path.join(os.path.dirname(os.path.abspath(__file__)), "class_reader")  # noqa: PTH100, PTH118, PTH120
    file = os.path.join(directory, "__init__.py")  # noqa: PTH118
    spec = spec_from_file_location(_NAME, file, submodule_search_locations=[directory])
    if spec is None or spec.loader is None:
        raise SystemExit(1)
    sys.modules[_NAME] = module_from_spec(spec)
    import_module(_NAME + ".program").main()


if __name__ == "__main__":
    main()
