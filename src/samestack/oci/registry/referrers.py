"""What refers to a manifest: by the API that version 1.1 brought, or by a tag where a registry lacks it."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

import msgspec

from samestack.oci.documents import INDEX, INDEXES, Descriptor, Index, read_document
from samestack.oci.registry.exchange import Answer, Question
from samestack.oci.registry.repository import Repository

_MOST_PAGES: Final = 50
_LACKING: Final = (400, 404, 405)
_NEXT: Final = re.compile(r'<([^>]*)>\s*;\s*rel="?next"?')
_NOTHING: Final = {"schemaVersion": 2, "mediaType": INDEX, "manifests": []}


def referrers_of(repository: Repository, digest: str) -> tuple[Descriptor, ...]:
    """Everything that refers to a manifest."""
    page, found = repository.address(f"referrers/{digest}"), list[Descriptor]()
    work = f"reading what refers to {digest}"
    for _ in range(_MOST_PAGES):
        answer = repository.ask(Question(method="GET", address=page, work=work, accepted=(200, *_LACKING)))
        if not _is_index(answer):
            return tuple(found) or _tagged(repository, digest)
        found += read_document(answer.body, Index, where=repository.shown).manifests
        page = _next(page, answer)
        if not page:
            break
    return tuple(found)


def record(repository: Repository, subject: str, referrer: Descriptor) -> None:
    """Write down what refers to a manifest, where the registry does not do so itself.

    Two writers at the same moment can lose one another's entry: registries have no way to tell.
    """
    tag = _fallback_tag(subject)
    index = _written_down(repository.manifest(tag), repository.shown)
    if any(one.get("digest") == referrer.digest for one in index["manifests"]):
        return
    grown = {**index, "manifests": [*index["manifests"], msgspec.to_builtins(referrer)]}
    repository.put_manifest(tag, msgspec.json.encode(grown, order="sorted"), INDEX)


def _next(page: str, answer: Answer) -> str:
    """The address of the page after this one; empty after the last."""
    match = _NEXT.search(answer.headers.get("Link", ""))
    try:
        return urljoin(page, match[1]) if match else ""
    except ValueError:
        return ""


def _tagged(repository: Repository, digest: str) -> tuple[Descriptor, ...]:
    answer = repository.manifest(_fallback_tag(digest))
    if not _is_index(answer):
        return ()
    return read_document(answer.body, Index, where=repository.shown).manifests


def _written_down(answer: Answer, where: str) -> Mapping[str, Any]:
    """The index as it stands, with whatever others have written into it."""
    if answer.status != 200:
        return _NOTHING
    read_document(answer.body, Index, where=where)
    index: Mapping[str, Any] = msgspec.json.decode(answer.body)
    return index


def _is_index(answer: Answer) -> bool:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    return answer.status == 200 and kind in INDEXES


def _fallback_tag(digest: str) -> str:
    return digest.replace(":", "-", 1)
