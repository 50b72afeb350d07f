"""An environment is made or changed such that its user has the old one or the new one.

A new one is made aside and then moved to its place; where one is there already, the two change places. One
that cannot be moved is made in its place under a mark, and the earlier one kept until it is whole; only a
place on which a disk is mounted has to be emptied first. Changes in place are made under a journal. Whatever
ends the process, the next one knows what to throw away.
"""

import os
from pathlib import Path
from typing import Protocol, runtime_checkable

from samestack.envs.installer import Installer
from samestack.envs.transaction import journal, leftovers
from samestack.errors import OutsideError
from samestack.progress import Reporter


@runtime_checkable
class Undoing(Protocol):
    """An installer that knows the way back from an installation that failed."""

    def undo(self) -> bool:
        """Bring the environment back that was to be changed; ``False`` where that cannot be done."""


def make(place: Path, installer: Installer, reporter: Reporter) -> None:
    """Make an environment from nothing, in the place of whatever environment is there.

    The caller holds the directory that it is in. After an error there is what was there before.
    """
    try:
        if installer.is_movable and not os.path.ismount(place):
            _make_aside(place, installer, reporter)
        else:
            _make_in_place(place, installer, reporter)
    except OSError as error:
        raise OutsideError(f"{place}: cannot be made: {error.strerror or error}") from None


def change(place: Path, installer: Installer, reporter: Reporter) -> None:
    """Change an environment in its place.

    After an error it is what it was before, if its installer knows the way back; else the next sync finds the
    journal, and makes it anew.
    """
    try:
        journal.begin(place)
        try:
            installer.install(place, reporter)
        except BaseException:
            if isinstance(installer, Undoing) and installer.undo():
                journal.end(place)
            raise
        journal.end(place)
    except OSError as error:
        raise OutsideError(f"{place}: cannot be changed: {error.strerror or error}") from None


def _make_aside(place: Path, installer: Installer, reporter: Reporter) -> None:
    aside = leftovers.building(place)
    try:
        installer.create(aside)
        installer.install(aside, reporter)
        _move(aside, place)
    finally:
        leftovers.delete(aside)


def _move(aside: Path, place: Path) -> None:
    """After this, what was at ``place`` before is aside, or gone."""
    if not place.exists():
        aside.rename(place)
        return
    from samestack.envs.transaction.exchange import exchange  # loads ctypes

    if not exchange(aside, place):
        earlier = leftovers.replaced(place)
        place.rename(earlier)
        aside.rename(place)
        leftovers.delete(earlier)


def _make_in_place(place: Path, installer: Installer, reporter: Reporter) -> None:
    """The mark stands exactly while what is at ``place`` is to be thrown away by whoever finds it."""
    mark, earlier = leftovers.unfinished(place), leftovers.replaced(place)
    if place.exists() and not os.path.ismount(place):
        place.rename(earlier)
    mark.touch()
    try:
        leftovers.delete(place)
        installer.create(place)
        installer.install(place, reporter)
    except BaseException:
        leftovers.delete(place)
        mark.unlink()
        if earlier.exists():
            earlier.rename(place)
        raise
    mark.unlink()
    leftovers.delete(earlier)
