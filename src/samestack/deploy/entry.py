"""One line of a deployment history: what was intended, or what became of it."""

from enum import StrEnum
from typing import Final, Literal

import msgspec
from msgspec import Struct

ENTRY_SCHEMA: Final = "samestack/deployment/1"
"""The schema that is written."""


class Outcome(StrEnum):
    """What an entry says of its promotion."""

    INTENDED = "intended"
    """It begins. Every promotion has one entry of this kind, and one other."""
    RENDERED = "rendered"
    """Its manifests were written; whoever applies them is not samestack."""
    APPLIED = "applied"
    """The cluster runs it."""
    ROLLED_BACK = "rolled-back"
    """It did not come up; the cluster runs what it ran before."""
    FAILED = "failed"
    """It did not come up, and nothing was there to go back to; or nothing of it reached the cluster."""


DEPLOYED: Final = frozenset({Outcome.RENDERED, Outcome.APPLIED})
"""After these, the environment is meant to run the promotion's digest."""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line of ``deployments/ENVIRONMENT.jsonl``."""

    schema: Literal["samestack/deployment/1"]
    promotion: str
    """32 hexadecimal digits, the same in the intent, in the outcome, and on the cluster."""
    environment: str
    outcome: Outcome
    digest: str
    """The image's, ``sha256:...``."""
    previous: str = ""
    """The digest that was deployed before; empty for none."""
    source: str = ""
    """The environment that it comes from; empty for a rollback."""
    source_chain: str = ""
    """The SHA-256 of the last line of that environment's history: so neither can lose lines unnoticed."""
    stack: str = ""
    """The stack digest on packages that the environment was verified to have."""
    profile: str = ""
    manifests: str = ""
    """``sha256:...`` of the manifests, which stand in ``deployments/manifests``."""
    applies: bool = False
    """Whether samestack brings the manifests to the cluster."""
    who: str
    when: str
    """In UTC, to the second: ``2026-11-25T13:36:52Z``."""
    message: str = ""
    """Why it is this outcome, where that is not plain."""
    chain: str = ""
    """``sha256:...`` of the line before; empty in the first."""
    signature: str = ""
    """An SSH signature of all the rest, in armour."""


def encode_line(entry: Entry) -> bytes:
    """The entry as it stands in the file, without the line's end."""
    return msgspec.json.encode(entry)


def signed_bytes(entry: Entry) -> bytes:
    """What a signature of the entry covers: all of it but the signature."""
    return encode_line(msgspec.structs.replace(entry, signature=""))


def short(digest: str) -> str:
    """A digest as people tell them apart: its first twelve digits."""
    return digest.removeprefix("sha256:")[:12]
