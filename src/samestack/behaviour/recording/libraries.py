"""The libraries that answers are kept and compared with: an extra, since most of samestack does without."""

import importlib
from types import ModuleType
from typing import Final

from samestack.errors import RequestError

_HINT: Final = 'install it with: pip install "samestack[behaviour]"'


def library(name: str, purpose: str, *, hint: str = _HINT) -> ModuleType:
    """An optional library; :class:`RequestError` says what it is needed for where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing = (error.name or name).partition(".")[0]
        raise RequestError(f"{purpose} takes {missing}, which is not installed", hint=hint) from None
