"""Imports modules one after the other, as a program does, and tells which source files that took.

A script for the interpreter of an environment, Python 3.9 or newer with the standard library, and nothing of
samestack: ``python tracing_child.py PROJECT SECONDS MODULE...``. What the modules print is no answer: it goes
to the standard error.
"""

import faulthandler
import importlib
import json
import os
import sys
import sysconfig
from pathlib import Path


def main(project: str, seconds: str, *modules: str) -> None:
    """Import, and tell; when the time is over, the process ends with a traceback of where it was."""
    told = os.dup(1)
    os.dup2(2, 1)
    faulthandler.dump_traceback_later(float(seconds), exit=True)
    sys.path[0] = project  # the directory of this script is no part of the environment
    for module in modules:
        importlib.import_module(module)
    faulthandler.cancel_dump_traceback_later()
    with os.fdopen(told, "w", encoding="utf-8") as out:
        json.dump(sources(Path(project)), out)
    # What else the modules have begun, threads for instance, is not waited for.
    sys.stderr.flush()
    os._exit(0)


def sources(project: Path) -> dict[str, list[str]]:
    """The source files of all that has been imported, by whose they are."""
    site = [("packages", Path(sysconfig.get_path(name))) for name in ("purelib", "platlib")]
    found: dict[str, set[str]] = {"packages": set(), "project": set()}
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path.endswith(".py"):
            for whose, directory in [*site, ("project", project)]:
                if Path(path).is_relative_to(directory):
                    found[whose].add(str(Path(path).relative_to(directory)))
                    break
    return {whose: sorted(paths) for whose, paths in found.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
