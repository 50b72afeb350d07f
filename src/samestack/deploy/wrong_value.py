"""A value of the settings that cannot be meant."""

from msgspec import Struct


class WrongValue(Struct, frozen=True):
    """The key, why its value cannot be meant, and what to write."""

    key: str
    message: str
    hint: str
