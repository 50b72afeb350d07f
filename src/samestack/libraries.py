"""Optional libraries: extras of samestack, since most of what people do takes none of them."""

import importlib
from _thread import RLock  # threading itself takes time to load
from types import ModuleType

from samestack.errors import RequestError

_ONE_AT_A_TIME = RLock()
"""Packages whose modules import each other in circles fail where two threads begin with different ones."""


def library(name: str, purpose: str, *, extra: str = "behaviour") -> ModuleType:
    """An optional library; :class:`RequestError` says what it is needed for where it is missing.

    ``extra`` is the one of samestack's extras that brings it.
    """
    try:
        with _ONE_AT_A_TIME:
            return importlib.import_module(name)
    except ImportError as error:
        missing = (error.name or name).partition(".")[0]
        hint = f'install it with: pip install "samestack[{extra}]"'
        raise RequestError(f"{purpose} takes {missing}, which is not installed", hint=hint) from None
