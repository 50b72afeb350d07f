"""What uv has to be told of the user's indexes, and when that is worth asking."""

import os
from collections.abc import Mapping

from samestack.solve.uv.pip_settings import PipSettings, names_indexes, pip_settings, variables_of
from samestack.solve.uv.uv_program import uv_program


def index_environment() -> Mapping[str, str]:
    """The variables that tell uv what it would not find itself."""
    from samestack.solve.uv.index_settings import index_settings  # mostly, uv's cache has what it takes

    return index_settings(uv_program()).environment if _has_a_say(pip_settings()) else {}


def likely_index_environment() -> Mapping[str, str]:
    """What :func:`index_environment` mostly is, without asking uv for its own settings, which takes a while.

    It may be wrong where uv has settings of its own: good for a look into uv's cache, and for nothing else.
    """
    pip = pip_settings()
    return variables_of(pip) if _has_a_say(pip) else {}


def has_credentials() -> bool:
    """Whether pip's settings hold a user's name for an index, which addresses in a lock do not."""
    pip = pip_settings()
    return any("@" in address for address in (pip.index, *pip.extra_indexes, *pip.links))


def _has_a_say(pip: PipSettings) -> bool:
    return pip != PipSettings() and not names_indexes(os.environ)
