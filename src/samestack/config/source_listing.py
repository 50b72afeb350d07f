"""The layers of a profile, the highest first, with what became of each."""

from enum import StrEnum

from msgspec import Struct

from samestack.config.rank import Rank
from samestack.config.resolution import Resolution, SourceState
from samestack.config.sources.catalogue import GROUP, own_kinds, source_kind
from samestack.config.sources.kind import SourceKind
from samestack.errors import RequestError
from samestack.outside.source_error import Reason


class State(StrEnum):
    """What became of a source."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    DENIED = "denied"
    MISSING = "missing"
    EMPTY = "empty"
    MALFORMED = "malformed"


class ListedSource(Struct, frozen=True, kw_only=True):
    """One source of a profile."""

    source: str
    rank: Rank
    is_required: bool
    seconds: float
    """How long it may take."""
    variables: int
    state: State
    message: str = ""
    """Why it says nothing."""


def listed(resolution: Resolution) -> tuple[ListedSource, ...]:
    """Every source that was asked, and the defaults of the schema."""
    return (*map(_listed, resolution.sources), *_defaults(resolution))


def exit_status_of(sources: tuple[ListedSource, ...]) -> int:
    """0 where all that is required answers, 3 where such a one is down, 1 where it says nothing."""
    silent = {one.state for one in sources if one.is_required} - {State.OK}
    return 3 if State.UNREACHABLE in silent else int(bool(silent))


def state_of(reason: Reason | None, message: str) -> State:
    """What a reason, or without one a message, comes to."""
    if reason is not None:
        return State(reason.value)
    return State.MALFORMED if message else State.OK


def _listed(state: SourceState) -> ListedSource:
    return ListedSource(
        source=state.shown,
        rank=Rank(state.rank),
        is_required=state.settings.required,
        seconds=state.settings.seconds,
        variables=state.variables,
        state=state_of(state.reason, state.message),
        message=state.message,
    )


def _defaults(resolution: Resolution) -> tuple[ListedSource, ...]:
    number = sum(field.has_default for field in resolution.schema.fields)
    if not number:
        return ()
    return (
        ListedSource(
            source=f"defaults of {resolution.schema.source}",
            rank=Rank.DEFAULT,
            is_required=False,
            seconds=0.0,
            variables=number,
            state=State.OK,
        ),
    )


def installed_kinds() -> tuple[SourceKind, ...]:
    """Every kind of source, strangers' too, the highest layer first.

    :class:`~samestack.errors.RequestError` for a stranger's that is none, or cannot be loaded.
    """
    from importlib.metadata import entry_points

    names = {*own_kinds(), *entry_points(group=GROUP).names}
    return tuple(sorted(map(_loaded, names), key=lambda kind: (kind.rank, kind.name)))


def _loaded(name: str) -> SourceKind:
    try:
        return source_kind(name)
    except (ImportError, AttributeError) as error:
        hint = "install the package that brings it anew, or remove it"
        raise RequestError(
            f"the source kind '{name}' cannot be loaded: {type(error).__name__}", hint=hint
        ) from None
