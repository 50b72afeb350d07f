"""Why a class cannot be read, in words that hold no value: kinds, names of modules, names of exceptions."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is told, and ends nothing but this request
    """A kind, which the parent has a sentence for, and what goes into it."""

    def __init__(self, kind: str, name: str = "", place: str = "", near: list[str] | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.name = name
        self.place = place
        self.near = near or []

    def told(self) -> dict[str, object]:
        """As the parent reads it."""
        return {"kind": self.kind, "name": self.name, "place": self.place, "near": self.near}
