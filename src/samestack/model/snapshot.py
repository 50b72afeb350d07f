"""An environment as it was read: stack, host and configuration, and where, when and how."""

from enum import StrEnum

from msgspec import Struct

from samestack.model.composition import Configuration, Host, Stack
from samestack.model.layer import Layer


class Standing(StrEnum):
    """What an environment says of itself: a wish, a decision, or a fact."""

    WANTED = "wanted"
    """Requirements."""
    DECIDED = "decided"
    """A lock."""
    OBSERVED = "observed"
    """Something that exists."""


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where, when and how an environment was read."""

    reference: str
    """As the user named it, credentials removed."""
    kind: str
    """What it was recognised as: ``venv``, ``uv.lock``, ``rootfs``."""
    standing: Standing
    captured_at: str
    """UTC, ISO 8601, whole seconds."""
    captured_by: str
    """The tool and its version."""
    complete: tuple[Layer, ...] = ()
    """The layers of which it names everything: what it does not name there is not there."""
    machine: str = ""
    """The name of the machine that it was read on."""
    deep: bool = False
    """Whether the binaries were read as well."""


class Remark(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something odd that was met while reading, which did not stop it."""

    code: str
    """A stable word for this kind of oddity: ``duplicate-distribution``."""
    layer: Layer
    subject: str
    """What it is about: a component's name, mostly."""
    message: str
    """One sentence, for people."""
    place: str = ""
    """The file or directory it was met in."""


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything that was read of one environment at one time."""

    origin: Origin
    stack: Stack = Stack()
    host: Host = Host()
    configuration: Configuration = Configuration()
    remarks: tuple[Remark, ...] = ()
