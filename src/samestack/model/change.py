"""One component, before and after."""

from msgspec import Struct

from samestack.model.component import Component
from samestack.model.layer import Layer


class Change(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One component, before and after; ``None`` on the side where it is absent, never on both."""

    before: Component | None = None
    after: Component | None = None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change has a component before or after")

    @property
    def component(self) -> Component:
        """The component as it is now, or as it last was."""
        present = self.after or self.before
        if present is None:  # pragma: no cover - excluded by construction
            raise AssertionError
        return present

    @property
    def layer(self) -> Layer:
        """The layer that the change is in."""
        return self.component.layer

    @property
    def name(self) -> str:
        """The name that the component has now, or last had."""
        return self.component.name
