"""A trial from its description to its outcome, on whichever machine this is."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from msgspec import structs

from samestack.behaviour.bisecting.trials import stopping
from samestack.behaviour.bisecting.trials.description import TrialDescription
from samestack.behaviour.bisecting.trials.installing import UnbuildableError
from samestack.behaviour.bisecting.trials.joined import OverlapError, join
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.real import make_real
from samestack.behaviour.bisecting.trials.scratch import scratch_directory
from samestack.behaviour.bisecting.trials.store import Store, Unpacked, default_store
from samestack.envs.interpreters import Interpreter, find_interpreter
from samestack.envs.running.running import activation

_AT_ONCE: Final = 4
"""How many packages are unpacked at once: most of that is waiting for an index."""


def run_trial(trial: TrialDescription) -> Outcome:
    """Make the environment, carry out the probe in it, and remove both.

    An environment that cannot be made is an outcome. :class:`~samestack.errors.SamestackError` is for what
    says nothing of it: no such interpreter here, an index that cannot be reached, a disk that is full.
    """
    started = time.monotonic()
    with _place(trial) as place:
        try:
            notes = _prepare(trial, interpreter_of(trial.environment.python), place)
        except UnbuildableError as error:
            taken = time.monotonic() - started
            return Outcome(ending=Ending.BUILD, messages=error.message, preparation_seconds=taken)
        taken = time.monotonic() - started
        outcome = trial.probe.run(place)
    return structs.replace(outcome, preparation_seconds=taken, notes=(*notes, *outcome.notes))


@contextmanager
def _place(trial: TrialDescription) -> Iterator[Place]:
    with scratch_directory() as scratch:
        environment = scratch / "environment"
        variables = {**activation(environment).variables, **dict(trial.variables)}
        yield Place(environment=environment, scratch=scratch, variables=variables)


def _prepare(trial: TrialDescription, interpreter: Interpreter, place: Place) -> tuple[str, ...]:
    """Make the environment, and say what about it is unusual."""
    store = default_store()
    own = structs.replace(place, variables=os.environ)
    note = "made as a real environment, since caches are switched off"
    if store is not None and not trial.is_real:
        unpacked = _unpacked(trial, store, interpreter, own)
        try:
            join(unpacked, interpreter, place.environment)
        except OverlapError as error:
            note = f"made as a real environment, since {error.message}"
        else:
            return ()
    compiled = () if store is None else _compiled(trial, store, interpreter, own)
    make_real(trial.environment.packages, interpreter, own, compiled)
    return () if trial.is_real else (note,)


def _compiled(
    trial: TrialDescription, store: Store, interpreter: Interpreter, place: Place
) -> Iterator[Unpacked]:
    """The packages of a trial that were unpacked, and compiled, before."""
    for one in trial.environment.packages:
        if store.has(one, interpreter):
            yield store.unpacked(one, interpreter, place)


def _unpacked(
    trial: TrialDescription, store: Store, interpreter: Interpreter, place: Place
) -> tuple[Unpacked, ...]:
    """All packages of a trial; those that are not there yet are fetched several at a time."""
    packages = trial.environment.packages
    missing = [one for one in packages if not store.has(one, interpreter)]
    if missing:
        event = stopping.event_of_thread() or threading.Event()
        with ThreadPoolExecutor(_AT_ONCE, initializer=stopping.listen_to, initargs=(event,)) as pool:
            list(pool.map(lambda one: store.unpacked(one, interpreter, place), missing))
    return tuple(store.unpacked(one, interpreter, place) for one in packages)


@lru_cache(maxsize=64)
def interpreter_of(wanted: str) -> Interpreter:
    """The interpreter that a trial names, looked for once: to try it takes as long as a small trial."""
    return find_interpreter(wanted)
