"""A class of a project imported by its name, and the files that this took."""

# Few imports, so that what a class takes is not already there.
# ruff: noqa: PTH100, PTH116, PTH117, PTH118, PTH119, PTH120, UP031

from __future__ import annotations

import os
import sys
import sysconfig
from importlib import import_module
from typing import Any

from .refusal import Refusal

_MOST_FILES = 5000


def imported_class(name: str) -> Any:  # noqa: ANN401 - pydantic is the environment's
    """The class ``package.module:Class``; :class:`Refusal` where there is none, or importing it fails."""
    module_name, _, class_name = name.partition(":")
    namespace = _namespace(module_name, class_name)
    if class_name not in namespace:
        classes = [key for key, value in namespace.items() if _is_defined_in(value, module_name)]
        raise Refusal("no-class", class_name, near=classes[:50])
    return namespace[class_name]


def _namespace(module_name: str, class_name: str) -> dict[str, Any]:
    """The names of a module.

    One that makes its settings when it is imported fails here, where there are none yet. What it had defined
    until then is taken from the frame in which it failed.
    """
    try:
        return vars(import_module(module_name))
    except BaseException as error:  # noqa: BLE001 - a module may raise anything, SystemExit included
        frames = _frames(error)
        for frame in frames:
            if frame.f_globals.get("__name__") == module_name and class_name in frame.f_globals:
                return dict(frame.f_globals)
        raise _refusal(error, frames) from None


def _is_defined_in(value: object, module_name: str) -> bool:
    return isinstance(value, type) and value.__module__ == module_name


def _frames(error: BaseException) -> list[Any]:
    found, trace = [], error.__traceback__
    while trace is not None:
        found.append(trace.tb_frame)
        trace = trace.tb_next
    return found


def _refusal(error: BaseException, frames: list[Any]) -> Refusal:
    if isinstance(error, ModuleNotFoundError) and error.name:
        return Refusal("no-module", error.name)
    if isinstance(error, SyntaxError):
        return Refusal("failed", type(error).__name__, "%s, line %s" % (error.filename, error.lineno))
    own = [frame for frame in frames if _is_own(frame.f_code.co_filename)]
    place = "%s, line %s" % (own[-1].f_code.co_filename, own[-1].f_lineno) if own else ""
    return Refusal("failed", type(error).__name__, place)


def own_files() -> dict[str, list[int]]:
    """The files of all modules that are the project's: when they were changed, and how large they are."""
    found: dict[str, list[int]] = {}
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or not _is_own(path) or len(found) >= _MOST_FILES:
            continue
        try:
            state = os.stat(path)
        except OSError:
            continue
        found[os.path.abspath(path)] = [state.st_mtime_ns, state.st_size]
    return found


def _is_own(path: str) -> bool:
    """Whether a file is neither of Python nor installed, nor this program's."""
    real = os.path.realpath(path)
    return os.path.isabs(path) and not any(real.startswith(place) for place in _PLACES)


def _places() -> tuple[str, ...]:
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    installed = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    places = [sysconfig.get_paths()[kind] for kind in kinds] + installed
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return tuple(os.path.join(os.path.realpath(place), "") for place in [*places, here])


_PLACES = _places()
