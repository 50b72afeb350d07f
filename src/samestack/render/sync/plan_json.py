"""A sync or its plan as JSON for programs, schema ``samestack/sync/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.envs.syncing.plan import Action, action_of
from samestack.envs.syncing.survey import Survey
from samestack.model.change import Change
from samestack.project.manifest import Backend

SYNC_SCHEMA: Final = "samestack/sync/1"
"""The schema that is written."""


class PlannedChange(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One package: what is done to it, and its versions before and after."""

    action: Action
    name: str
    before: str = ""
    after: str = ""


class SyncDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an environment lacks to be what its lock says, or lacked until now."""

    schema: Literal["samestack/sync/1"]
    is_done: bool
    """Whether the changes were made, and not only planned."""
    is_drifted: bool
    """Whether there was anything to change."""
    environment: str
    backend: Backend
    python: str
    lock: str
    anew: str
    """Why the environment is made from nothing; empty where it is changed in place."""
    project: str
    """The project, where it was still to be installed itself."""
    changes: tuple[PlannedChange, ...]
    warnings: tuple[str, ...]


def encode_plan(found: Survey, warnings: tuple[str, ...], *, is_done: bool) -> bytes:
    """The plan as indented JSON, ending with a line break."""
    document = SyncDocument(
        schema=SYNC_SCHEMA,
        is_done=is_done,
        is_drifted=not found.plan.is_empty,
        environment=str(found.place),
        backend=found.backend,
        python=found.python,
        lock=str(found.lock.path),
        anew=found.plan.anew,
        project=found.plan.project,
        changes=tuple(map(_planned, found.plan.changes)),
        warnings=warnings,
    )
    return encode(document)


def _planned(change: Change) -> PlannedChange:
    return PlannedChange(
        action=action_of(change),
        name=change.name,
        before=_said(change, "before"),
        after=_said(change, "after"),
    )


def _said(change: Change, side: Literal["before", "after"]) -> str:
    component = change.before if side == "before" else change.after
    return "" if component is None else component.version or component.source or ""
