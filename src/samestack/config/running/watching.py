"""Whether the sources of a configuration have changed since they were read."""

from collections.abc import Mapping
from typing import Final

from samestack.config.entry import Entry
from samestack.config.fingerprints import fingerprint, new_key
from samestack.config.profile_sources import ProfileSource
from samestack.config.resolution import Resolution
from samestack.config.resolving import ResolveRequest, listed_sources
from samestack.config.sources.catalogue import source_kind
from samestack.errors import InputError
from samestack.outside.source_error import SourceError

_UNREADABLE: Final = ""


class Watched:
    """The sources of a profile, by what tells that they changed: a revision, or else a fingerprint of all."""

    def __init__(self, request: ResolveRequest, resolution: Resolution) -> None:
        self._request = request
        self._resolution = resolution
        self._key = new_key()
        self._seen: Mapping[str, str] = {}
        self._seen = self._now()

    def have_changed(self) -> bool:
        """Whether something has, since this was asked last; not, while a source cannot be read."""
        now = self._now()
        changed = {name for name, said in now.items() if said and said != self._seen.get(name)}
        gone = self._seen.keys() - now.keys()
        self._seen = {**now, **{name: self._seen.get(name, "") for name, said in now.items() if not said}}
        return bool(changed or gone)

    def _now(self) -> Mapping[str, str]:
        try:
            listed = listed_sources(self._request, self._resolution.profile, self._resolution.schema)
        except InputError:  # a manifest that is being edited
            return self._seen
        return {source.shown: self._revision(source) for source in listed}

    def _revision(self, source: ProfileSource) -> str:
        kind = source_kind(source.settings.kind)
        question = self._request.question(source, self._resolution.profile, self._resolution.schema)
        try:
            if kind.revision is not None:
                return kind.revision(question)
            return self._of_all(kind.read(question))
        except (SourceError, InputError):
            return _UNREADABLE

    def _of_all(self, entries: tuple[Entry, ...]) -> str:
        return fingerprint([(entry.name, entry.value) for entry in entries], self._key)
