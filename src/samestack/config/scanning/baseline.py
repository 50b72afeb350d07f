"""The file with what is known and left alone: each finding by its fingerprint, with a reason."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from samestack.capture.documents import load_toml, shaped
from samestack.config.scanning.sighting import Sighting
from samestack.errors import InputError

_SALT_BYTES: Final = 16
_FINGERPRINT_BYTES: Final = 16
_COST: Final = 1 << 14
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD: Final = """\
# What `samestack config scan` finds and is to leave alone, each with a reason.
# A fingerprint is slow to make (scrypt, with the salt of this file), and tells nothing of its secret.
"""


class Accepted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One finding that is known."""

    path: str
    """The file, from the directory that the baseline stands in; in an image, the path there."""
    kind: str = ""
    """For people: what it was taken for."""
    fingerprint: str
    reason: str = ""
    """Why it is no secret, or why it has to wait; without one it is not left alone."""
    until: str = ""
    """The last day on which it is left alone, ISO 8601; empty for always."""


class Baseline(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known of one project."""

    salt: str = ""
    accepted: tuple[Accepted, ...] = ()

    def entry_of(self, sighting: Sighting, path: str) -> Accepted | None:
        """What is said of a finding in a file; only for files with entries the costly fingerprint is made."""
        there = [one for one in self.accepted if one.path == path]
        if not there:
            return None
        own = fingerprint(sighting.secret, self.salt)
        return next((one for one in there if one.fingerprint == own), None)


def read_baseline(file: Path) -> Baseline:
    """What a file says, nothing where there is none; :class:`InputError` for what is malformed."""
    if not file.is_file():
        return Baseline()
    document = load_toml(file, dict[str, Any])
    for index, one in enumerate(document.get("accepted", ())):
        if isinstance(one, dict) and hasattr(one.get("until"), "isoformat"):
            document["accepted"][index] = {**one, "until": one["until"].isoformat()}
    baseline = shaped(document, Baseline, file=str(file))
    if not re.fullmatch(r"(?:[0-9a-f]{2}){8,64}", baseline.salt):
        raise InputError(str(file), "it has no salt, so its fingerprints say nothing", place="salt",
                         hint="remove the file, and write it anew with --write-baseline")  # fmt: skip
    for index, one in enumerate(baseline.accepted):
        if one.until and not _DAY.fullmatch(one.until):
            raise InputError(
                str(file), "no such day", place=f"accepted[{index}].until", hint="write 2027-01-31"
            )
    return baseline


def with_added(
    baseline: Baseline, sightings: Iterable[Sighting], path_of: Callable[[Sighting], str]
) -> Baseline:
    """The baseline with an entry, still without a reason, for everything that it does not know."""
    salt = baseline.salt or os.urandom(_SALT_BYTES).hex()
    known = {(one.path, one.fingerprint) for one in baseline.accepted}
    added = []
    for one in sightings:
        entry = Accepted(path=path_of(one), kind=one.kind, fingerprint=fingerprint(one.secret, salt))
        if (entry.path, entry.fingerprint) not in known:
            known.add((entry.path, entry.fingerprint))
            added.append(entry)
    accepted = sorted((*baseline.accepted, *added), key=lambda one: (one.path, one.fingerprint))
    return structs.replace(baseline, salt=salt, accepted=tuple(accepted))


def baseline_bytes(baseline: Baseline) -> bytes:
    """The file, in the order of its paths, so that its changes are easily reviewed."""
    import tomli_w

    entries = [_written(one) for one in baseline.accepted]
    return f"{_HEAD}{tomli_w.dumps({'salt': baseline.salt, 'accepted': entries})}".encode()


def fingerprint(secret: str, salt: str) -> str:
    """What stands for a secret: made so slowly that even a weak one is not found by trying."""
    data = secret.encode("utf-8", "surrogateescape")
    made = hashlib.scrypt(
        data, salt=bytes.fromhex(salt), n=_COST, r=8, p=1, maxmem=1 << 26, dklen=_FINGERPRINT_BYTES
    )
    return made.hex()


def _written(one: Accepted) -> Mapping[str, str]:
    """Every key, the reason too while it is empty: it is to be filled in."""
    told: dict[str, str] = msgspec.to_builtins(one)
    return {key: value for key, value in told.items() if value or key == "reason"}
