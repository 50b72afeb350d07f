"""The variables that are not the same in all environments, as they may be shown: never a secret."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from samestack.config.masking import MASK, masked
from samestack.config.resolution import Resolution
from samestack.parity.report import Setting

ABSENT: Final = "missing"
UNREAD: Final = "not read"


def settings_shown(resolutions: Mapping[str, Resolution]) -> tuple[Setting, ...]:
    """A line for each variable that differs, by name; a secret in one environment is one in all."""
    names = sorted({value.name for one in resolutions.values() for value in one.values})
    return tuple(found for name in names for found in _setting(name, resolutions))


def _setting(name: str, resolutions: Mapping[str, Resolution]) -> Iterator[Setting]:
    values = {
        environment: (None if (value := one.value(name)) is None else value.value)
        for environment, one in resolutions.items()
    }
    has = {environment: one.value(name) is not None for environment, one in resolutions.items()}
    if len({_compared(values[one], has=has[one]) for one in values}) < 2:
        return
    is_secret = any(one.is_secret(name) for one in resolutions.values())
    shown = {environment: _shown(name, one, is_secret=is_secret) for environment, one in resolutions.items()}
    yield Setting(name=name, is_secret=is_secret, values=shown)


def _compared(value: Any, *, has: bool) -> bytes:  # noqa: ANN401 - any value of a variable
    if not has:
        return b""
    return b"unset" if value is msgspec.UNSET else msgspec.json.encode(value, order="deterministic")


def _shown(name: str, resolution: Resolution, *, is_secret: bool) -> str:
    value = next((one for one in masked(resolution) if one.name == name), None)
    if value is None:
        return ABSENT
    if value.value is msgspec.UNSET:
        return UNREAD
    if is_secret:
        return MASK
    return value.value if isinstance(value.value, str) else msgspec.json.encode(value.value).decode()
