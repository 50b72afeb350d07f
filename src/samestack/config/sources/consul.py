"""Consul: the keys below a prefix, which keep plain values, and no secret."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult

from msgspec import Struct

from samestack.capture.documents import decode_json
from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank
from samestack.config.sources.http_asking import http_failures, restrain
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.sources.stored_names import variables_below
from samestack.errors import InputError
from samestack.libraries import library
from samestack.outside.server_address import server_address
from samestack.outside.source_error import Reason, SourceError, unexpected
from samestack.outside.time_limit import in_time

_ADDRESS: Final = "127.0.0.1:8500"
"""The agent of this machine, which is Consul's usual address."""
_INDEX: Final = "X-Consul-Index"


class _Pair(Struct, frozen=True, rename="pascal"):
    """A key and its value, which the answer has in base64; a key can be without one."""

    key: str
    modify_index: int
    value: bytes | None = None

    def __repr__(self) -> str:
        return f"_Pair({self.key!r})"


def _read(question: Question) -> tuple[Entry, ...]:
    source, prefix = _shown(question), _prefix(question)
    pairs = decode_json(_asked(question, "recurse").body, list[_Pair], file=source)
    kept = ((pair.key, pair) for pair in pairs if not pair.key.endswith("/"))
    return tuple(_entry(name, pair, source) for name, pair in variables_below(prefix, kept, source))


def _entry(name: str, pair: _Pair, source: str) -> Entry:
    try:
        value = (pair.value or b"").decode()
    except UnicodeDecodeError:
        raise InputError(source, "its value is not UTF-8 text", place=pair.key) from None
    return Entry(name=name, value=value, origin=_origin(source, f"index {pair.modify_index}"))


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    source = _shown(question)
    keys = decode_json(_asked(question, "keys").body, list[str], file=source)
    kept = ((key, None) for key in keys if not key.endswith("/"))
    found = variables_below(_prefix(question), kept, source)
    return tuple((name, _origin(source)) for name, _ in found)


def _revision(question: Question) -> str:
    """The index of the prefix, which grows with every change and deletion below it."""
    index = str(_asked(question, "keys").headers.get(_INDEX, ""))
    if not index.isascii() or not index.isdecimal():
        raise InputError(_shown(question), f"an answer without {_INDEX}")
    return index


def _asked(question: Question, how: str) -> Any:  # noqa: ANN401 - the library comes late, and its types with it
    """The answer for all that is below the prefix; ``how`` is ``recurse``, or ``keys`` without the values."""
    source, variables = _shown(question), question.variables
    address = _address(variables, source)
    client = _client(question, address)
    parameters = [(how, "1"), *_namespace(variables)]

    def ask() -> Any:  # noqa: ANN401
        path = f"{address.path.rstrip('/')}/v1/kv/{_prefix(question)}"
        with http_failures(address, question.seconds, source), client.session:
            return client.get(lambda said: said, path, parameters, headers=_token(variables), raw=True)

    answer = in_time(ask, question.seconds, source)
    if answer.code != 200:
        raise _refusal(answer.code, source)
    return answer


def _refusal(status: int, source: str) -> SourceError:
    if status == 404:
        message = "no key is below it; Consul answers the same to those who may not read"
        return SourceError(source, Reason.EMPTY, message, hint="see its name, and the policy of the token")
    if status in {401, 403}:
        hint = "see CONSUL_HTTP_TOKEN: its policy needs key_prefix with read"
        return SourceError(source, Reason.DENIED, "the token does not allow to read it", hint=hint)
    return unexpected(status, source)


def _client(question: Question, address: SplitResult) -> Any:  # noqa: ANN401
    """The library's connection, without its reader of values: that one shows them in its errors."""
    variables, source = question.variables, _shown(question)
    pair = (variables.get("CONSUL_CLIENT_CERT"), variables.get("CONSUL_CLIENT_KEY"))
    port = address.port or (443 if address.scheme == "https" else 80)
    client = library("consul.std", f"reading {source}", extra="consul").HTTPClient(
        f"[{address.hostname}]" if ":" in str(address.hostname) else address.hostname,
        port,
        address.scheme,
        variables.get("CONSUL_CACERT") or True,
        pair if all(pair) else None,
        connections_timeout=question.seconds,
    )
    restrain(client.session, address, variables, source)
    return client


def _address(variables: Mapping[str, str], source: str) -> SplitResult:
    said = variables.get("CONSUL_HTTP_ADDR") or _ADDRESS
    is_encrypted = variables.get("CONSUL_HTTP_SSL", "").lower() in {"1", "true"}
    plain = said if "://" in said else f"http://{said}"
    if is_encrypted and plain.startswith("http://"):
        plain = f"https://{plain.removeprefix('http://')}"
    return server_address(plain, "CONSUL_HTTP_ADDR", source)


def _token(variables: Mapping[str, str]) -> dict[str, str]:
    token = variables.get("CONSUL_HTTP_TOKEN", "")
    return {"X-Consul-Token": token} if token else {}


def _namespace(variables: Mapping[str, str]) -> list[tuple[str, str]]:
    namespace = variables.get("CONSUL_NAMESPACE", "")
    return [("ns", namespace)] if namespace else []


def _origin(source: str, place: str = "") -> Origin:
    return Origin(source=source, rank=Rank.CONFIGURATION_STORE, place=place)


def _prefix(question: Question) -> str:
    """With its slash, so that ``helpdesk/production-eu`` is not below ``helpdesk/production``."""
    parts = question.locator.strip("/").split("/")
    if any(part in {"", ".", ".."} for part in parts):
        raise InputError(_shown(question), "no prefix of keys", hint="for example consul:helpdesk/production")
    return "/".join(parts) + "/"


def _shown(question: Question) -> str:
    return f"consul:{question.locator}"


KIND: Final = SourceKind(
    name="consul",
    rank=Rank.CONFIGURATION_STORE,
    summary="The keys below a prefix of Consul's key-value store; no place for secrets.",
    read=_read,
    present=_present,
    revision=_revision,
    is_remote=True,
)
