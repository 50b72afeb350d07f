"""How much of a deployment there is: replicas, and what each of them may use."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct, field

CPU: Final = "cpu"
MEMORY: Final = "memory"
RESOURCES: Final = (CPU, MEMORY, "ephemeral-storage")
_QUANTITY: Final = re.compile(r"(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>m|k|[KMGTPE]i|[MGTPE])?", re.ASCII)
_UNITS: Final = {
    "m": Decimal("0.001"),
    "k": Decimal(10**3),
    **{f"{one}i": Decimal(1024 ** (power + 1)) for power, one in enumerate("KMGTPE")},
    **{one: Decimal(1000 ** (power + 2)) for power, one in enumerate("MGTPE")},
}


class Resources(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a replica is promised, and what it must not go beyond, in Kubernetes' words (``512Mi``)."""

    requests: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)


class Autoscaling(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Between how many replicas the platform chooses, and by what."""

    minimum: int
    maximum: int
    cpu: int = 80
    """Percent of the CPU that a replica is promised, to be held on average."""


class Scale(Struct, frozen=True, kw_only=True):
    """How much of it there is in one environment."""

    replicas: int = 1
    """Where nothing scales it."""
    resources: Resources = Resources()
    autoscaling: Autoscaling | None = None


def quantity(text: str) -> Decimal | None:
    """A quantity of Kubernetes in cores or bytes; ``None`` for a text that is none."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    return Decimal(found["number"]) * _UNITS.get(found["unit"] or "", Decimal(1))
