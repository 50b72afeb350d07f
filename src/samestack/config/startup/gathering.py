"""Every source asked; what one does not say is a problem, not an end."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from samestack.config.startup.entry import UnreadableError
from samestack.config.startup.error import Problem
from samestack.config.startup.request import PROFILE
from samestack.config.startup.sources.document import document_entries, document_of, is_profile_name, stems_of
from samestack.config.startup.sources.process_environment import environment_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from samestack.config.startup.entry import Entry
    from samestack.config.startup.request import Request


class Gathered:
    """What the sources say, in the order in which they are listed, and which of them could not be read."""

    def __init__(self, request: Request, names: Collection[str], maps: Collection[str]) -> None:
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        if not is_profile_name(request.profile):
            message = "no profile has such a name: letters, digits, - and _"
            self.problems.append(Problem(PROFILE, message, kind="source"))
        for ask in _sources(request, names, maps):
            self._ask(ask)

    def _ask(self, ask: Callable[[], list[Entry]]) -> None:
        try:
            self.entries.extend(ask())
        except UnreadableError as error:
            self.problems.append(_problem(error))


def _problem(error: UnreadableError) -> Problem:
    return Problem(error.variable, error.message, kind="source", source=error.source, place=error.place)


def _sources(
    request: Request, names: Collection[str], maps: Collection[str]
) -> Iterator[Callable[[], list[Entry]]]:
    for name in sorted(names):
        yield partial(environment_entries, request.variables, name)
    if request.secrets:
        from samestack.config.startup.sources.secret_directory import secret_entries

        for directory in request.secrets:
            yield partial(secret_entries, directory, names)
    if request.dotenv:
        from samestack.config.startup.sources.dotenv_file import dotenv_entries

        yield partial(dotenv_entries, request.dotenv)
    if request.is_directory_named and not os.path.isdir(request.directory):
        yield partial(_no_directory, request.directory)
    for stem in stems_of(request.profile):
        yield partial(_of_document, request.directory, stem, maps)


def _no_directory(directory: str) -> list[Entry]:
    raise UnreadableError(directory, "no such directory")


def _of_document(directory: str, stem: str, maps: Collection[str]) -> list[Entry]:
    found = document_of(directory, stem)
    return [] if found is None else document_entries(*found, maps)
