"""From a class to its settings, or to one error that holds no value."""

from __future__ import annotations

from samestack.config.startup.error import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from typing import TypeVar, Union

    from samestack.config.startup.request import Request
    from samestack.config.startup.variable import Shape

    T = TypeVar("T")
    Directory = Union[str, os.PathLike[str]]


def load(
    settings: type[T],
    *,
    profile: str | None = None,
    directory: Directory | None = None,
    variables: Mapping[str, str] | None = None,
    ignore_unknown: bool = False,
) -> T:
    """An object of the class, made of what the environment, mounted secrets and documents say.

    ``settings`` is a pydantic model or settings class, of pydantic 1 or 2, or a dataclass. ``profile`` is
    ``$SAMESTACK_PROFILE`` unless it is given, or ``development``; ``directory``, with the documents, is
    ``$SAMESTACK_CONFIG_DIRECTORY``, or ``config`` in the working directory or beside the program;
    ``variables`` stand for the process's environment. With ``ignore_unknown``, documents may have variables
    that the class does not know.

    :class:`ConfigurationError` tells all that is wrong at once. :class:`TypeError` for a class that is none
    of these.
    """
    from samestack.config.startup.classes import shape_of
    from samestack.config.startup.request import request_of

    # No frame of a traceback may hold a value, so what holds some is gone before anything is raised. The
    # argument itself has to stay: cgitb and others look for each by its name.
    request = request_of(profile, directory, variables, ignore_unknown=ignore_unknown)
    variables = None
    outcome = _outcome(settings, request, shape_of(settings))
    del request
    if not isinstance(outcome, ConfigurationError):
        return outcome
    try:
        raise outcome from None
    finally:
        outcome.__context__ = None  # what the caller was handling may hold values
        del outcome


def _outcome(settings: type[T], request: Request, shape: Shape) -> T | ConfigurationError:
    """The object, its origins remembered, or the error: never raised here, where values are."""
    from samestack.config.startup.making import made

    return made(settings, request, shape)
