"""What stands in a Secret or a ConfigMap: a variable under each key."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct, field

from samestack.capture.documents import decode_json
from samestack.capture.kubernetes.access import access
from samestack.capture.kubernetes.connection import METADATA, WHOLE, load
from samestack.capture.kubernetes.refusal import refusal
from samestack.config.entry import Entry, Origin
from samestack.config.names import variable_name
from samestack.config.rank import Rank
from samestack.config.sources.document import ENDINGS
from samestack.config.sources.kind import Question
from samestack.config.sources.kubernetes_client import ObjectKind, Place, asked, way_of
from samestack.errors import InputError
from samestack.outside.time_limit import in_time

_NAMESPACE: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


class ObjectSource(NamedTuple):
    """One kind of object, as a kind of source."""

    name: str
    """``kubernetes-secret``"""
    kind: ObjectKind
    word: str
    """``Secret``"""
    rank: Rank


class _Metadata(Struct, frozen=True):
    version: str = field(default="", name="resourceVersion")


class _Described(Struct, frozen=True):
    metadata: _Metadata


class _Object(Struct, frozen=True):
    metadata: _Metadata
    data: Mapping[str, str | None] | None = None
    binary: Mapping[str, str | None] | None = field(default=None, name="binaryData")

    def __repr__(self) -> str:
        return f"_Object({self.metadata})"


class _Kept(NamedTuple):
    """What stands under a key, still as bytes in base64 where the object has it so. Never shown."""

    key: str
    text: str
    is_encoded: bool

    def __repr__(self) -> str:
        return f"_Kept({self.key})"


def object_entries(source: ObjectSource, question: Question) -> tuple[Entry, ...]:
    """The variables of an object, by name; those whose key cannot be one, or is a file's, are left out."""
    shown = _shown(source, question)
    found = decode_json(_body(source, question, WHOLE), _Object, file=shown)
    origin = Origin(source=shown, rank=source.rank, place=f"resource version {found.metadata.version}")
    wanted = _wanted(_kept(found, is_secret=source.kind == "secret"), question, shown)
    return tuple(
        Entry(name=name, value=_text(kept, shown), origin=origin) for name, kept in sorted(wanted.items())
    )


def object_revision(source: ObjectSource, question: Question) -> str:
    """The object's resource version, which every change changes; asked for without what the object holds."""
    answer = decode_json(_body(source, question, METADATA), _Described, file=_shown(source, question))
    return answer.metadata.version


def _kept(found: _Object, *, is_secret: bool) -> Iterator[_Kept]:
    for key, text in (found.data or {}).items():
        yield _Kept(key, text or "", is_secret)
    for key, text in (found.binary or {}).items():
        yield _Kept(key, text or "", is_encoded=True)


def _wanted(kept: Iterator[_Kept], question: Question, shown: str) -> dict[str, _Kept]:
    found: dict[str, _Kept] = {}
    for one in kept:
        name = _variable(one, question.names)
        if name is None:
            continue
        if name in found:
            hint = f"keep this, or {found[name].key}"
            raise InputError(shown, f"a second key is the variable {name}", place=one.key, hint=hint)
        found[name] = one
    return found


def _variable(kept: _Kept, names: frozenset[str]) -> str | None:
    """The variable of a key: none for a file that pods have mounted, unless the schema knows it as one."""
    name = variable_name([kept.key])
    if name in names:
        return name
    is_file = kept.key.endswith(ENDINGS)
    return None if is_file or (names and _is_binary(kept)) else name


def _is_binary(kept: _Kept) -> bool:
    return kept.is_encoded and _decoded(kept) is None


def _text(kept: _Kept, shown: str) -> str:
    text = _decoded(kept)
    if text is None:
        hint = "keep files that are no text in another object"
        raise InputError(shown, "not UTF-8 text", place=kept.key, hint=hint)
    return text


def _decoded(kept: _Kept) -> str | None:
    if not kept.is_encoded:
        return kept.text
    try:
        return base64.b64decode(kept.text, validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def _body(source: ObjectSource, question: Question, accept: str) -> bytes:
    shown = _shown(source, question)
    namespace, name = _named(source, question)

    def ask() -> bytes:
        way = access(way_of(question), shown, question.seconds)
        place = Place(source.kind, namespace or way.namespace, name, shown)
        answer = asked(place, way, accept, question.seconds, question.variables)
        if answer.status != 200:
            raise refusal(answer.status, source.word, place.namespace, place.name, shown)
        return answer.body

    load()
    return in_time(ask, question.seconds, shown)


def _named(source: ObjectSource, question: Question) -> tuple[str, str]:
    """Namespace and name; an empty namespace is that of the context, or of the pod."""
    namespace, _, name = question.locator.rpartition("/")
    is_name = _NAME.fullmatch(name) and (_NAMESPACE.fullmatch(namespace) or "/" not in question.locator)
    if not is_name:
        hint = f"for example {source.name}:helpdesk/settings"
        raise InputError(_shown(source, question), f"no name of a {source.word}", hint=hint)
    return namespace, name


def _shown(source: ObjectSource, question: Question) -> str:
    return f"{source.name}:{question.locator}"
