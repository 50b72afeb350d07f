"""Blobs that are brought to a registry: in parts where they are large, and on from where it broke off."""

import contextlib
from typing import BinaryIO, Final
from urllib.parse import quote

from samestack.errors import OutsideError
from samestack.oci.places import Blob
from samestack.oci.registry.exchange import Answer, Question
from samestack.oci.registry.failures import PassingError, RefusedError, passing
from samestack.oci.registry.patience import Waiting
from samestack.oci.registry.repository import Repository
from samestack.oci.registry.upload_parts import Part, least_in, offset_in, pieces, skip, with_digest

# An upload that a registry knows no more, or whose parts it has otherwise than we think: it begins anew.
_BROKEN: Final = (400, 404, 416)
_KNOWN: Final = (200, 202, 204)


def mount(repository: Repository, blob: Blob) -> str | None:
    """Have the registry take a blob over from another repository of its own; ``None`` where it did.

    Otherwise the place that it can be uploaded to, empty where the registry does not permit even to ask.
    """
    path = f"blobs/uploads/?mount={blob.descriptor.digest}&from={quote(blob.origin, safe='')}"
    work = f"taking {blob.descriptor.digest} over from {blob.origin}"
    rights = (f"repository:{blob.origin}:pull",)
    try:
        answer = repository.ask(
            Question(method="POST", address=path, work=work, accepted=(201, 202), scopes=rights)
        )
    except RefusedError:
        return ""  # the upload that follows tells whether it is this that is refused, or everything
    return None if answer.status == 201 else answer.headers.get("Location", "")


def upload(repository: Repository, blob: Blob, place: str = "") -> None:
    """Bring a blob there; ``place`` is where a :func:`mount` said that it can be uploaded to.

    :class:`OutsideError` when the registry does not take it, :class:`InputError` when the content is not
    what was promised; then nothing of it stays there.
    """
    _Upload(repository, blob, place).run()


class _Upload:
    """An upload under way: where it goes, and how much of it the registry is known to have."""

    def __init__(self, repository: Repository, blob: Blob, place: str) -> None:
        self._repository = repository
        self._blob = blob
        self._digest = blob.descriptor.digest
        self._place = place
        self._offset = 0
        self._furthest = 0
        self._chunk = repository.chunk
        self._work = f"writing {self._digest} to {repository.name}"
        self._waiting = Waiting(repository.exchange.patience)

    def run(self) -> None:
        try:
            if not self._place:
                self._begin()
            while not self._is_sent():
                pass
        except BaseException:
            self._abandon()
            raise

    def _begin(self) -> None:
        answer = self._asked("POST", "blobs/uploads/", (202,))
        self._offset = 0
        self._move_to(answer)
        self._chunk = max(self._repository.chunk, least_in(answer.headers.get("OCI-Chunk-Min-Length", "")))

    def _is_sent(self) -> bool:
        """One attempt to send what is missing; after a failure, whether it is there all the same."""
        try:
            with contextlib.closing(self._blob.open()) as content:
                skip(content, self._offset)
                self._send(content)
        except RefusedError as failure:
            if failure.status not in _BROKEN:
                raise
            self._waiting.after(passing(failure))
        except PassingError as failure:
            self._waiting.after(failure)
        else:
            return True
        return self._is_there_after_all()

    def _send(self, content: BinaryIO) -> None:
        while self._blob.descriptor.size - self._offset > self._chunk:
            end = self._offset + self._chunk
            self._move_to(self._part(content, end))
            self._note(end)
        said = self._part(content, self._blob.descriptor.size).headers.get("Docker-Content-Digest")
        if said not in {None, self._digest}:
            raise OutsideError(f"{self._repository.shown}: it keeps {self._digest} under another name")

    def _note(self, offset: int) -> None:
        """The registry has it up to here; what it had before it forgot is no progress."""
        self._offset = offset
        if offset > self._furthest:
            self._furthest = offset
            self._waiting.progressed()

    def _part(self, content: BinaryIO, end: int) -> Answer:
        part = Part(start=self._offset, end=end, size=self._blob.descriptor.size)
        return self._repository.attempt(
            Question(
                method="PUT" if part.is_last else "PATCH",
                address=with_digest(self._place, self._digest) if part.is_last else self._place,
                work=self._work,
                accepted=(201, 204) if part.is_last else (202, 201, 204),
                headers=part.headers,
                content=lambda: pieces(content, part, where=self._work),
            )
        )

    def _is_there_after_all(self) -> bool:
        """Ask how far the registry has come; where it has forgotten, it may be because all was there."""
        answer = self._asked("GET", self._place, (*_KNOWN, *_BROKEN))
        offset = offset_in(answer.headers.get("Range", ""))
        if answer.status not in _BROKEN and offset <= self._blob.descriptor.size:
            self._offset = offset
            self._move_to(answer)
            return False
        if self._repository.has(self._blob.descriptor):
            return True
        self._begin()
        return False

    def _move_to(self, answer: Answer) -> None:
        """Where the next part goes: an address that holds a state, and is never shown."""
        self._place = answer.headers.get("Location", self._place)
        if not self._place:
            raise OutsideError(f"{self._repository.shown}: it takes an upload and says no place for it")

    def _abandon(self) -> None:
        """Whoever keeps parts of what never comes may throw them away."""
        if self._place:
            with contextlib.suppress(OutsideError):
                self._repository.attempt(self._question("DELETE", self._place, _KNOWN))

    def _asked(self, method: str, address: str, accepted: tuple[int, ...]) -> Answer:
        return self._repository.ask(self._question(method, address, accepted))

    def _question(self, method: str, address: str, accepted: tuple[int, ...]) -> Question:
        return Question(method=method, address=address, work=self._work, accepted=accepted)
