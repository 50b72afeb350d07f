"""Proving to a registry who we are: by a token for each set of rights, or by the credential itself."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import httpx
import msgspec
from msgspec import Struct

from samestack.errors import OutsideError
from samestack.oci.registry.challenges import Challenge, challenges
from samestack.oci.registry.credentials import Credential
from samestack.oci.registry.hosts import RegistryHost

Scopes: TypeAlias = tuple[str, ...]
"""Rights, as registries write them: ``repository:team/name:pull,push`` each."""
Fetch: TypeAlias = Callable[[httpx.Request], bytes]
"""What asks a token server."""

_BEARER: Final = "bearer"
_BASIC: Final = "basic"
_CLIENT: Final = "samestack"
# Of the time for which a token is good; the rest is for the way and for clocks.
_SHARE: Final = 0.8
_SECONDS: Final = 60.0
"""How long a token is good where nothing is said, as the specification has it."""


class Authorization:
    """What one client shows one registry. Any thread may ask; one at a time fetches a token."""

    def __init__(self, host: RegistryHost, credential: Callable[[], Credential | None], fetch: Fetch) -> None:
        self._host = host
        self._ask_credential = credential
        self._fetch = fetch
        self._credential: Credential | None = None
        self._challenge: Challenge | None = None
        self._tokens: dict[Scopes, _Token] = {}
        self._lock = threading.Lock()

    def header(self, scopes: Scopes) -> str:
        """The header ``Authorization`` for some rights; empty as long as the registry has wanted none."""
        with self._lock:
            if self._challenge is None:
                return ""
            if self._challenge.scheme == _BASIC:
                return self._credential.basic if self._credential else ""
            return f"Bearer {self._token(scopes).text}"

    def meet(self, response: httpx.Response, scopes: Scopes) -> bool:
        """Take up what a registry demands with a 401; whether there is now something else to show it."""
        shown = response.request.headers.get("Authorization", "")
        said = challenges(", ".join(response.headers.get_list("WWW-Authenticate")))
        with self._lock:
            if self._challenge is None:
                self._credential = self._ask_credential()
            self._challenge = _best(said) or self._challenge
            token = self._tokens.get(scopes)
            if token is not None and shown == f"Bearer {token.text}":
                del self._tokens[scopes]
        header = self.header(scopes)
        return bool(header) and header != shown

    @property
    def secrets(self) -> frozenset[str]:
        """What no message may hold."""
        tokens = frozenset(one.text for one in self._tokens.copy().values())
        return tokens | (self._credential.secrets if self._credential else frozenset())

    def _token(self, scopes: Scopes) -> "_Token":
        known = self._tokens.get(scopes)
        if known is None or known.is_stale:
            known = self._tokens[scopes] = self._fetched(scopes)
        return known

    def _fetched(self, scopes: Scopes) -> "_Token":
        assert self._challenge is not None  # noqa: S101 - only who was challenged comes here
        request = _token_request(self._challenge, self._host, scopes, self._credential)
        return _read_token(self._fetch(request), self._host)


class _Token(Struct, frozen=True):
    text: str
    stale: float
    """A moment of the monotonic clock, in seconds."""

    @property
    def is_stale(self) -> bool:
        return time.monotonic() > self.stale


class _TokenAnswer(Struct, frozen=True):
    token: str | None = None
    access_token: str | None = None
    expires_in: float | None = None


def _best(said: tuple[Challenge, ...]) -> Challenge | None:
    """A token is preferred: then the credential itself goes to the token server alone."""
    ranked = sorted((one for one in said if one.scheme in {_BEARER, _BASIC}), key=lambda one: one.scheme)
    return ranked[-1] if ranked else None


def _token_request(
    challenge: Challenge, host: RegistryHost, scopes: Scopes, credential: Credential | None
) -> httpx.Request:
    realm = _realm(challenge.parameters, host)
    service = challenge.parameters.get("service", "")
    if credential is not None and credential.identity_token:
        form = {"grant_type": "refresh_token", "service": service, "client_id": _CLIENT}
        form |= {"scope": " ".join(scopes), "refresh_token": credential.identity_token}
        return httpx.Request("POST", realm, data=form)
    address = realm.copy_merge_params([("service", service), *(("scope", one) for one in scopes)])
    headers = {} if credential is None else {"Authorization": credential.basic}
    return httpx.Request("GET", address, headers=headers)


def _realm(parameters: Mapping[str, str], host: RegistryHost) -> httpx.URL:
    """Where tokens are given out. What was encrypted up to the registry stays so."""
    try:
        realm = httpx.URL(parameters.get("realm", ""))
    except httpx.InvalidURL:
        realm = httpx.URL("")
    if realm.scheme not in ({"http", "https"} if host.is_plain else {"https"}) or not realm.host:
        raise OutsideError(f"{host.name}: it names no place that tokens could safely be asked for at")
    return realm


def _read_token(body: bytes, host: RegistryHost) -> _Token:
    try:
        answer = msgspec.json.decode(body, type=_TokenAnswer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        answer = _TokenAnswer()
    text = answer.token or answer.access_token or ""
    if not (text and text.isascii() and text.isprintable()):
        raise OutsideError(f"{host.name}: what it names for tokens gives none")
    return _Token(text=text, stale=time.monotonic() + (answer.expires_in or _SECONDS) * _SHARE)
