"""Sources asked, servers all at once and each in its time; what one does not say is a finding, not an end."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Entry, Origin
from samestack.config.profile_sources import ProfileSource
from samestack.config.resolution import SourceState
from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import InputError, SamestackError
from samestack.model.layer import Layer
from samestack.outside.source_error import Reason, SourceError

if TYPE_CHECKING:
    from queue import SimpleQueue

_GRACE: Final = 0.5
"""Seconds beyond a source's time, in which its own words for that are waited for."""
_FIXES: Final = {
    Reason.UNREACHABLE: "see that it can be reached from here, or set required = false for it",
    Reason.DENIED: "get the right to read it, or set required = false for it",
    Reason.MISSING: "make it, correct its name in the settings, or set required = false for it",
    Reason.EMPTY: "fill it, correct its name, see that it may be read, or set required = false for it",
}


class Answer(Struct, frozen=True, kw_only=True):
    """What came of asking one source."""

    state: SourceState
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()


def answers(
    sources: Sequence[ProfileSource], question_of: Callable[[ProfileSource], Question], *, presence_only: bool
) -> tuple[Answer, ...]:
    """An answer of each source, in their order.

    :class:`~samestack.errors.RequestError` for a kind that there is not, or an option that it has not.
    """
    kinds = [_kind(source) for source in sources]
    waiting: list[Callable[[], Answer]] = []
    for source, kind in zip(sources, kinds, strict=True):
        ask = _Asking(source, kind, question_of(source), presence_only=presence_only)
        waiting.append(ask.begun() if kind.is_remote else ask.answered)
    return tuple(wait() for wait in waiting)


def _kind(source: ProfileSource) -> SourceKind:
    kind = source_kind(source.settings.kind)
    for option in source.settings.options:
        if option not in kind.options:
            from samestack.check.suggestion import did_you_mean
            from samestack.errors import RequestError

            hint = did_you_mean(option, kind.options) or "see: samestack config sources --help"
            raise RequestError(f"{source.settings.source}: there is no option '{option}'", hint=hint)
    return kind


class _Asking:
    """One source and what it is asked."""

    def __init__(
        self, source: ProfileSource, kind: SourceKind, question: Question, *, presence_only: bool
    ) -> None:
        self._source = source
        self._kind = kind
        self._question = question
        self._presence_only = presence_only

    def begun(self) -> Callable[[], Answer]:
        """Ask in a thread that nobody has to wait for; what is returned waits for as long as it may take."""
        import queue
        import threading
        import time

        if self._kind.prepare is not None:
            self._kind.prepare()
        told: SimpleQueue[Answer | SamestackError] = queue.SimpleQueue()
        threading.Thread(target=lambda: told.put(self._answered_or_error()), daemon=True).start()
        end = time.monotonic() + self._question.seconds + _GRACE

        def wait() -> Answer:
            try:
                answer = told.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                return self._silent(self._late())
            if isinstance(answer, SamestackError):
                raise answer
            return answer

        return wait

    def _answered_or_error(self) -> Answer | SamestackError:
        try:
            return self.answered()
        except SamestackError as error:
            return error

    def answered(self) -> Answer:
        """What it says, or why it says nothing."""
        try:
            entries = tuple(map(self._placed, self._entries()))
        except SourceError as error:
            return self._silent(error)
        except InputError as error:
            return self._malformed(error)
        except SamestackError:
            raise
        except Exception as error:  # noqa: BLE001 - a stranger's kind may raise anything, with values in its words
            fault = f"its kind failed with {type(error).__name__}"
            return self._silent(SourceError(self._source.shown, Reason.UNREACHABLE, fault))
        if not entries and self._kind.is_remote:
            return self._silent(SourceError(self._source.shown, Reason.EMPTY, "it has no variables"))
        return Answer(state=self._state(variables=len(entries)), entries=entries)

    def _entries(self) -> Iterable[Entry]:
        if not self._presence_only or self._kind.present is None:
            return self._kind.read(self._question)
        found = self._kind.present(self._question)
        return (Entry(name=name, value=msgspec.UNSET, origin=origin) for name, origin in found)

    def _placed(self, entry: Entry) -> Entry:
        """The entry with its layer, and with what is known of its protection."""
        return msgspec.structs.replace(entry, origin=self._origin(entry.origin))

    def _origin(self, origin: Origin) -> Origin:
        rank = origin.rank if self._source.rank is None else self._source.rank
        said = origin.is_protected
        return msgspec.structs.replace(
            origin, rank=rank, is_protected=self._kind.keeps_secrets if said is None else said
        )

    def _state(self, *, variables: int = 0, reason: Reason | None = None, message: str = "") -> SourceState:
        return SourceState(
            settings=self._source.settings,
            shown=self._source.shown,
            rank=self._kind.rank if self._source.rank is None else self._source.rank,
            variables=variables,
            reason=reason,
            message=message,
        )

    def _late(self) -> SourceError:
        said = f"no answer within {self._question.seconds:g} seconds"
        return SourceError(self._source.shown, Reason.UNREACHABLE, said)

    def _silent(self, error: SourceError) -> Answer:
        is_required = self._source.settings.required
        message = error.message.removeprefix(f"{error.source}: ")
        finding = Finding(
            rule=f"source-{error.reason}",
            severity=Severity.ERROR if is_required else Severity.NOTE,
            layer=Layer.CONFIGURATION,
            subject=self._source.shown,
            message=message,
            remedy=error.hint or (_FIXES[error.reason] if is_required else ""),
            place=self._source.shown,
        )
        return Answer(state=self._state(reason=error.reason, message=message), findings=(finding,))

    def _malformed(self, error: InputError) -> Answer:
        place = f"{error.file}: {error.place}: " if error.place else f"{error.file}: "
        message = error.message.removeprefix(place)
        finding = Finding(
            rule="source-malformed",
            severity=Severity.ERROR,
            layer=Layer.CONFIGURATION,
            subject=self._source.shown,
            message=message,
            remedy=error.hint or "correct it",
            place=f"{self._source.shown}, {error.place}" if error.place else self._source.shown,
        )
        return Answer(state=self._state(message=message), findings=(finding,))
