"""Vault: a secret of its key-value store of version 2, whose keys are variables."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct, structs

from samestack.capture.documents import decode_json
from samestack.config.entry import Entry, Origin
from samestack.config.names import leaves
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.sources.timestamps import utc_text
from samestack.config.sources.vault_access import VaultAccess, refused_service
from samestack.errors import InputError, RequestError
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import in_time


class _Version(Struct, frozen=True):
    version: int
    created_time: dt.datetime
    deletion_time: str = ""
    destroyed: bool = False


class _Secret(Struct, frozen=True):
    """A version with its values, or with its keys alone, whose values are null."""

    metadata: _Version
    data: Mapping[str, Any] | None = None
    subkeys: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return f"_Secret({self.metadata})"


class _Answer(Struct, frozen=True):
    data: _Secret


class _State(Struct, frozen=True):
    created_time: str
    deletion_time: str = ""
    destroyed: bool = False


class _History(Struct, frozen=True):
    current_version: int
    versions: Mapping[str, _State]


class _HistoryAnswer(Struct, frozen=True):
    data: _History


def _read(question: Question) -> tuple[Entry, ...]:
    source = _shown(question)
    secret = _secret(question, "data")
    if secret.data is None:
        raise InputError(source, "an answer without data", hint="is it a store of version 2?")
    return _entries(secret.data, secret.metadata, question)


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    secret = _secret(question, "subkeys")
    if secret.subkeys is None:
        raise InputError(_shown(question), "an answer without keys")
    entries = _entries(secret.subkeys, secret.metadata, question)
    return tuple((entry.name, entry.origin) for entry in entries)


def _revision(question: Question) -> str:
    """The current version, or that it is deleted; as the secret itself tells where its history is denied."""
    try:
        history = decode_json(_content(question, "metadata"), _HistoryAnswer, file=_shown(question)).data
    except SourceError as error:
        if error.reason is not Reason.DENIED:
            raise
        return f"version {_secret(question, 'data').metadata.version}"
    number = _number(question) or str(history.current_version)
    state = history.versions.get(number)
    is_there = state is not None and not (state.deletion_time or state.destroyed)
    return f"version {number}" if is_there else f"version {number}, deleted"


def _entries(data: Mapping[str, Any], version: _Version, question: Question) -> tuple[Entry, ...]:
    source = _shown(question)
    origin = Origin(
        source=source,
        rank=Rank.SECRET_STORE,
        place=f"version {version.version}",
        changed=utc_text(version.created_time),
    )
    found = sorted(leaves(data, source, question.maps), key=lambda leaf: leaf.name)
    return tuple(
        Entry(name=leaf.name, value=leaf.value, origin=structs.replace(origin, key=".".join(leaf.path)))
        for leaf in found
    )


def _secret(question: Question, endpoint: str) -> _Secret:
    parameters = {"version": number} if (number := _number(question)) else {}
    content = _content(question, endpoint, **parameters)
    return decode_json(content, _Answer, file=_shown(question)).data


def _content(question: Question, endpoint: str, **parameters: str) -> bytes:
    """The answer of one of the endpoints of the secret: ``data``, ``subkeys`` or ``metadata``."""
    source = _shown(question)
    mount, path = _place(question)
    access = VaultAccess(question, source)

    def ask() -> Any:  # noqa: ANN401 - the library comes late, and its types with it
        with access.logged_in():
            return access.get(f"{mount}/{endpoint}/{path}", **parameters)

    answer = in_time(ask, question.seconds, source)
    if answer.status_code == 200:
        content: bytes = answer.content
        return content
    refusal = _REFUSALS.get(answer.status_code)
    raise refusal(answer.content, source) if refusal else refused_service(answer.status_code, source)


def _denied(_: bytes, source: str) -> SourceError:
    hint = "see the policy of the token: it needs read"
    return SourceError(source, Reason.DENIED, "the token does not allow to read it", hint=hint)


def _missing(content: bytes, source: str) -> SourceError:
    """Vault answers so for a secret that is not there, for a deleted one, and for an unknown endpoint."""
    try:
        version = decode_json(content, _Answer, file=source).data.metadata
    except InputError:
        hint = "see the mount, which has to be a key-value store of version 2, and the path in it"
        return SourceError(source, Reason.MISSING, "there is no such secret", hint=hint)
    gone = "destroyed" if version.destroyed else "deleted"
    hint = f"undo it, or write a new version: {'vault kv put' if version.destroyed else 'vault kv undelete'}"
    return SourceError(source, Reason.MISSING, f"its version {version.version} was {gone}", hint=hint)


_REFUSALS: Final[Mapping[int, Callable[[bytes, str], SourceError]]] = {
    401: _denied,
    403: _denied,
    404: _missing,
}


def _place(question: Question) -> tuple[str, str]:
    """The mount and the path in it, as they stand in an address."""
    locator = question.locator.strip("/")
    mount = str(question.options.get("mount", "")).strip("/")
    if not mount:
        mount, _, locator = locator.partition("/")
    elif locator.startswith(f"{mount}/"):
        locator = locator.removeprefix(f"{mount}/")
    parts = [*mount.split("/"), *locator.split("/")]
    if any(part in {"", ".", ".."} for part in parts):
        raise RequestError(f"{_shown(question)}: no mount and path", hint="for example vault:secret/helpdesk")
    return quote(mount), quote(locator)


def _number(question: Question) -> str:
    """The version that the settings ask for; empty for the current one."""
    said = question.options.get("version")
    if said is None:
        return ""
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        raise RequestError(f"{_shown(question)}: no such version", hint="a number from 1 on")
    return str(said)


def _shown(question: Question) -> str:
    return f"vault:{question.locator}"


KIND: Final = SourceKind(
    name="vault",
    rank=Rank.SECRET_STORE,
    summary="A secret in Vault's key-value store of version 2, whose keys are variables.",
    read=_read,
    present=_present,
    revision=_revision,
    # A secret id in the settings is refused in words that say where it belongs.
    options=frozenset({"mount", "role-id", "role-mount", "secret-id", "version"}),
    is_remote=True,
    keeps_secrets=True,
)
