"""One repository of a registry: the questions of the distribution specification that can be asked of it."""

from typing import Final

import httpx
from msgspec import structs

from samestack.oci.documents import INDEXES, MANIFESTS, Descriptor
from samestack.oci.registry.exchange import Answer, Exchange, Question

MANIFEST_TYPES: Final = (*MANIFESTS, *INDEXES)
"""What is kept as a manifest; everything else is a blob."""
_ACCEPT: Final = {"Accept": ", ".join(MANIFEST_TYPES)}
_CHUNK_BYTES: Final = 64 << 20


class Repository:
    """A repository, and the rights that are wanted on it.

    Questions may name their address from here (``tags/list``), and only the rights that they take elsewhere.
    """

    def __init__(
        self, exchange: Exchange, name: str, *, actions: str = "pull", chunk: int = _CHUNK_BYTES
    ) -> None:
        self.exchange = exchange
        self.name = name
        self.chunk = chunk
        """The most bytes that are uploaded in one request."""
        self._scopes = (f"repository:{name}:{actions}",)

    @property
    def shown(self) -> str:
        """How errors name it."""
        return f"{self.exchange.host.name}/{self.name}"

    def manifest(self, version: str) -> Answer:
        """A manifest or an index by tag or digest; 404 where there is none."""
        work = f"reading {self.name} {version}"
        address = f"manifests/{version}"
        return self.ask(
            Question(method="GET", address=address, work=work, accepted=(200, 404), headers=_ACCEPT)
        )

    def put_manifest(self, version: str, data: bytes, media_type: str) -> Answer:
        """Bring a manifest or an index there, by tag or digest."""
        return self.ask(
            Question(
                method="PUT",
                address=f"manifests/{version}",
                work=f"writing {self.name} {version}",
                accepted=(201,),
                headers={"Content-Type": media_type},
                content=data,
            )
        )

    def has(self, descriptor: Descriptor) -> bool:
        """Whether it has something already, be it a manifest or a blob."""
        is_manifest = descriptor.media_type in MANIFEST_TYPES
        question = Question(
            method="HEAD",
            address=f"{'manifests' if is_manifest else 'blobs'}/{descriptor.digest}",
            work=f"looking for {descriptor.digest} in {self.name}",
            accepted=(200, 404),
            headers=_ACCEPT if is_manifest else {},
        )
        return self.ask(question).status == 200

    def open_blob(self, descriptor: Descriptor, offset: int) -> httpx.Response:
        """A blob from an offset on; a registry may send all of it even so (status 200)."""
        question = Question(
            method="GET",
            address=f"blobs/{descriptor.digest}",
            work=f"reading {descriptor.digest} of {self.name}",
            accepted=(200, 206) if offset else (200,),
            headers={"Range": f"bytes={offset}-"} if offset else {},
        )
        return self.exchange.open(self._completed(question))

    def ask(self, question: Question) -> Answer:
        """What it answers, in the end."""
        return self.exchange.ask(self._completed(question))

    def attempt(self, question: Question) -> Answer:
        """What it answers to one attempt."""
        return self.exchange.attempt(self._completed(question))

    def address(self, path: str) -> str:
        """Where something of it stands; what the registry itself named stays as it is."""
        is_named = path.startswith("/") or "://" in path
        return path if is_named else f"/v2/{self.name}/{path}"

    def _completed(self, question: Question) -> Question:
        scopes = (*self._scopes, *question.scopes)
        return structs.replace(question, address=self.address(question.address), scopes=scopes)
