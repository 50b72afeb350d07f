"""How Vault is spoken to: its address, and the token that a request carries."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult

from msgspec import Struct

from samestack.capture.documents import decode_json
from samestack.config.sources.http_asking import http_failures, restrain
from samestack.config.sources.kind import Question
from samestack.errors import RequestError
from samestack.libraries import library
from samestack.outside.local_file import read_local
from samestack.outside.server_address import server_address
from samestack.outside.source_error import Reason, SourceError, unexpected

_LEFT_BY_LOGIN: Final = ".vault-token"
_HINT: Final = "set VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID, or log in with: vault login"


class _Authentication(Struct, frozen=True):
    client_token: str

    def __repr__(self) -> str:
        return "_Authentication()"


class _Login(Struct, frozen=True):
    auth: _Authentication


class VaultAccess:
    """Requests of one question; answers come whatever their status, so that no error holds their text."""

    def __init__(self, question: Question, source: str) -> None:
        if "secret-id" in question.options:
            message = f"{source}: a secret id does not stand in settings"
            raise RequestError(message, hint="set the variable VAULT_SECRET_ID")
        self._question = question
        self._source = source
        self._address = _address(question, source)
        self._adapter = _adapter(question, self._address, source)

    @contextlib.contextmanager
    def logged_in(self) -> Iterator[None]:
        """Use the token that the question's variables have, or one that is gotten for the block alone.

        Vault keeps every token until it ends by itself, so what was gotten is given back.
        """
        with self._adapter.session:
            login = None if self._question.variables.get("VAULT_TOKEN") else _login(self._question)
            self._adapter.token = self._token_of(login) if login else _token(self._question, self._source)
            try:
                yield
            finally:
                if login:
                    self._give_back()

    def get(self, path: str, **parameters: str) -> Any:  # noqa: ANN401 - the library comes late, and its types
        """The answer to a path below ``/v1``."""
        return self._asked("get", path, params=parameters)

    def _token_of(self, login: dict[str, str]) -> str:
        mount = str(self._question.options.get("role-mount", "approle")).strip("/")
        answer = self._asked("post", f"auth/{mount}/login", json=login)
        if answer.status_code == 200:
            return decode_json(answer.content, _Login, file=self._source).auth.client_token
        if answer.status_code in {400, 401, 403}:
            message = "the role's id or its secret id does not let in"
            raise SourceError(
                self._source, Reason.DENIED, message, hint="see VAULT_ROLE_ID and VAULT_SECRET_ID"
            )
        raise refused_service(answer.status_code, self._source)

    def _give_back(self) -> None:
        with contextlib.suppress(SourceError):  # what was read is read
            self._asked("post", "auth/token/revoke-self")

    def _asked(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401
        with http_failures(self._address, self._question.seconds, self._source):
            return self._adapter.request(method, f"/v1/{path}", raise_exception=False, **more)


def refused_service(status: int, source: str) -> SourceError:
    """That Vault answers, but for nobody."""
    if status == 503:
        return SourceError(source, Reason.UNREACHABLE, "it is sealed, or under maintenance")
    return unexpected(status, source)


def _address(question: Question, source: str) -> SplitResult:
    said = question.variables.get("VAULT_ADDR", "")
    if not said:
        hint = "for example VAULT_ADDR=https://vault.internal:8200"
        raise SourceError(source, Reason.UNREACHABLE, "VAULT_ADDR is not set", hint=hint)
    return server_address(said, "VAULT_ADDR", source)


def _adapter(question: Question, address: SplitResult, source: str) -> Any:  # noqa: ANN401
    """The library's connection. Its client would take a token and certificates from elsewhere, unasked."""
    variables, purpose = question.variables, f"reading {source}"
    pair = (variables.get("VAULT_CLIENT_CERT"), variables.get("VAULT_CLIENT_KEY"))
    session = library("requests", purpose, extra="vault").Session()
    restrain(session, address, variables, source)
    session.verify = variables.get("VAULT_CACERT") or True
    session.cert = pair if all(pair) else None
    return library("hvac.adapters", purpose, extra="vault").RawAdapter(
        base_uri=address.geturl(),
        timeout=question.seconds,
        allow_redirects=False,
        session=session,
        namespace=variables.get("VAULT_NAMESPACE") or None,
    )


def _login(question: Question) -> dict[str, str] | None:
    """What a role shows to be let in; ``None`` where it has not both."""
    role = question.options.get("role-id") or question.variables.get("VAULT_ROLE_ID")
    secret = question.variables.get("VAULT_SECRET_ID")
    return {"role_id": str(role), "secret_id": secret} if role and secret else None


def _token(question: Question, source: str) -> str:
    """``VAULT_TOKEN``, or what ``vault login`` left in the home directory."""
    if token := question.variables.get("VAULT_TOKEN"):
        return token
    home = question.variables.get("HOME", "")
    if not home or not (file := Path(home) / _LEFT_BY_LOGIN).is_file():
        raise SourceError(source, Reason.DENIED, "there is no token for it", hint=_HINT)
    return read_local(file, source, f"~/{_LEFT_BY_LOGIN}").strip()
