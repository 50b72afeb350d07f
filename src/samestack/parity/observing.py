"""All environments and their hosts read at once, each in its time; what does not answer is unknown."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.errors import SamestackError
from samestack.model import Kind, Reference, Snapshot
from samestack.parity.asking import begun
from samestack.parity.health import RuntimeReport, read_report
from samestack.parity.references import host_of, reference_of
from samestack.parity.settings import Environment
from samestack.progress import Reporter

T = TypeVar("T")
_DEEP: Final = (Kind.VENV, Kind.CONDA, Kind.PYTHON, Kind.MACHINE)
"""What is read where it runs: its binaries are held against that host."""
_PULLED: Final = (Kind.REGISTRY, Kind.KUBERNETES, Kind.SSH)
"""What is read from afar: its binaries are not pulled to be looked at."""
_NAMES_DIGEST: Final = (Kind.REGISTRY, Kind.OCI, Kind.KUBERNETES)


class Observations(Struct, frozen=True, kw_only=True):
    """What came of reading, by environment."""

    snapshots: Mapping[str, Snapshot]
    hosts: Mapping[str, Snapshot]
    image_digests: Mapping[str, tuple[str, ...]]
    health: Mapping[str, RuntimeReport]
    silences: Mapping[str, tuple[str, ...]]


class _Read(Struct, frozen=True):
    snapshot: Snapshot
    digests: tuple[str, ...]


class _Asked(Struct, frozen=True):
    environment: Environment
    read: Callable[[], _Read]
    host: Callable[[], Snapshot] | None
    health: Callable[[], RuntimeReport] | None


def observed(
    environments: Sequence[Environment], project: Path, seconds: float | None, reporter: Reporter
) -> Observations:
    """Read all of them; ``seconds`` is the time of each, instead of its own.

    :class:`~samestack.errors.InputError` for a reference of a kind that there is not, before any is read.
    """
    references = [(reference_of(one, project), host_of(one, project)) for one in environments]
    asked = [
        _asked(one, reference, host, seconds or one.seconds)
        for one, (reference, host) in zip(environments, references, strict=True)
    ]
    reporter.started("reading the environments", len(asked))
    try:
        return _joined([_answered(one, reporter) for one in asked])
    finally:
        reporter.finished()


def _asked(environment: Environment, reference: Reference, host: Reference | None, seconds: float) -> _Asked:
    deep = reference.kind in _DEEP or (host is not None and reference.kind not in _PULLED)
    return _Asked(
        environment,
        begun(lambda: _read(reference, deep=deep), seconds),
        begun(lambda: capture(host, Options(deep=True)), seconds) if host is not None else None,
        begun(lambda: read_report(environment.health, seconds), seconds) if environment.health else None,
    )


def _read(reference: Reference, *, deep: bool) -> _Read:
    snapshot = capture(reference, Options(deep=deep))
    return _Read(snapshot, _digests(reference) if reference.kind in _NAMES_DIGEST else ())


def _digests(reference: Reference) -> tuple[str, ...]:
    """What the reference names, and the manifest that this is for this machine where that is an index."""
    from samestack.oci.images import image_of
    from samestack.oci.opening import located

    source, version = located(_image(reference))
    named = source.described(version).digest
    return tuple(dict.fromkeys((named, image_of(source, version).descriptor.digest)))


def _image(reference: Reference) -> str:
    """Where the image stands; of a workload, the image that its pods run."""
    if reference.kind is not Kind.KUBERNETES:
        return str(reference)
    from samestack.capture.kubernetes.address import address
    from samestack.capture.kubernetes.workload import running

    return f"{Kind.REGISTRY}:{running(address(reference.locator), os.environ).image}"


class _Answered(Struct, frozen=True):
    name: str
    read: _Read | None
    host: Snapshot | None
    health: RuntimeReport | None
    silences: tuple[str, ...]


def _answered(asked: _Asked, reporter: Reporter) -> _Answered:
    environment, silences = asked.environment, list[str]()
    read = _waited(asked.read, "", silences)
    host = _waited(asked.host, f"its host {environment.host}: ", silences)
    health = _waited(asked.health, "its program: ", silences)
    reporter.advanced(environment.name)
    return _Answered(environment.name, read, host, health, tuple(silences))


def _waited(wait: Callable[[], T] | None, what: str, silences: list[str]) -> T | None:
    """What is answered; why it is not is added to the silences."""
    try:
        return wait() if wait is not None else None
    except SamestackError as error:
        silences.append(f"{what}{without_credentials(error.message)}")
        return None


def _joined(answers: Sequence[_Answered]) -> Observations:
    return Observations(
        snapshots={one.name: one.read.snapshot for one in answers if one.read},
        hosts={one.name: one.host for one in answers if one.host},
        image_digests={one.name: one.read.digests for one in answers if one.read and one.read.digests},
        health={one.name: one.health for one in answers if one.health},
        silences={one.name: one.silences for one in answers if one.silences},
    )
