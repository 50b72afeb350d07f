"""One request to a cluster, and its answer: a JSON object, a status, the time by its clock."""

import datetime as dt
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import msgspec

from samestack.capture.kubernetes.access import Access
from samestack.capture.kubernetes.connection import connected, load
from samestack.deploy.cluster.objects import Object
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import in_time

JSON: Final = "application/json"
APPLY: Final = "application/apply-patch+yaml"
"""What makes of a PATCH a server-side apply. JSON is YAML."""


class Request(NamedTuple):
    """What is asked. Never shown."""

    method: str
    path: str
    query: Mapping[str, str] = {}
    body: Object | None = None
    content_type: str = JSON

    def __repr__(self) -> str:
        return f"Request({self.method} {self.path})"


class Answer(NamedTuple):
    """What the cluster says. Never shown."""

    status: int
    document: Object
    time: dt.datetime

    def __repr__(self) -> str:
        return f"Answer({self.status})"


class Exchange:
    """Requests to one cluster, each within the limits of size and time."""

    def __init__(
        self, entry: Callable[[], Access], variables: Mapping[str, str], seconds: float, shown: str
    ) -> None:
        self._entry = entry
        self._access: Access | None = None
        self._variables = variables
        self._seconds = seconds
        self._shown = shown

    def ask(self, request: Request) -> Answer:
        """The answer, whatever its status; :class:`SourceError` where there is none.

        A token that has run out is asked for anew, once.
        """
        load()
        is_known = self._access is not None
        answer = in_time(lambda: self._asked(request), self._seconds, self._shown)
        if answer.status == 401 and is_known:
            self._access = None
            return in_time(lambda: self._asked(request), self._seconds, self._shown)
        return answer

    def _asked(self, request: Request) -> Answer:
        access = self._access = self._access or self._entry()
        headers = {"Accept": JSON}
        if request.body is not None:
            headers["Content-Type"] = request.content_type
        if access.token:
            headers["Authorization"] = f"Bearer {access.token}"
        url = f"{access.server.rstrip('/')}{request.path}"
        if request.query:
            url += f"?{urlencode(request.query)}"
        with connected(access, self._seconds, self._variables, self._shown) as connection:
            response = connection.rest_client.request(
                request.method, url, headers=headers, body=_body(request), _request_timeout=self._seconds
            )
            return Answer(int(response.status), self._document(response.read()), _time(response))

    def _document(self, data: bytes) -> Object:
        try:
            return msgspec.json.decode(data, type=dict[str, Any]) if data else {}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise SourceError(self._shown, Reason.UNREACHABLE, "its answer is no JSON object") from None


def _body(request: Request) -> Any:  # noqa: ANN401 - what the library wants, by the type of the content
    return msgspec.json.encode(request.body) if request.content_type == APPLY else request.body


def _time(response: Any) -> dt.datetime:  # noqa: ANN401 - the library comes late
    """The time in the answer's head; this machine's own where it says none."""
    try:
        return parsedate_to_datetime(response.headers["Date"]).astimezone(dt.UTC)
    except (KeyError, TypeError, ValueError):
        return dt.datetime.now(dt.UTC)
