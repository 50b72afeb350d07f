"""What parity is asked."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct


def nothing_deployed(environment: str) -> str:  # noqa: ARG001 - the shape of a history that is empty
    """The history of a project that has deployed nothing."""
    return ""


class ParityRequest(Struct, frozen=True, kw_only=True):
    """Which environments of a project are asked, and what is known beside them."""

    project: Path
    environments: tuple[str, ...] = ()
    """Those that are asked; empty for all."""
    variables: Mapping[str, str]
    """The environment of this process."""
    seconds: float | None = None
    """How long each may take, instead of what the settings say."""
    replays: bool = True
    """Whether recordings are replayed where an environment can run here."""
    deployed: Callable[[str], str] = nothing_deployed
    """The image digest that was last deployed to an environment, ``sha256:...``; empty where none was."""

    def __repr__(self) -> str:
        return f"ParityRequest({self.project}, {', '.join(self.environments) or 'all'})"
