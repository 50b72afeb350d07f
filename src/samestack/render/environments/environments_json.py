"""A list of environments as JSON for programs, schema ``samestack/environments/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.envs.managing.disk_use import DiskUse
from samestack.envs.managing.listing import Listed, Listing

ENVIRONMENTS_SCHEMA: Final = "samestack/environments/1"
"""The schema that is written."""


class EnvironmentsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The environments that samestack has made on this machine, the last used first."""

    schema: Literal["samestack/environments/1"]
    environments: tuple[Listed, ...]
    together: DiskUse
    """What all of them take: a file that two of them share counts once."""


def encode_environments(found: Listing) -> bytes:
    """The list as indented JSON, ending with a line break."""
    return encode(
        EnvironmentsDocument(
            schema=ENVIRONMENTS_SCHEMA, environments=found.environments, together=found.together
        )
    )
