"""Pages of the Simple API: which files there are of a package, from JSON (PEP 691) or HTML (PEP 503)."""

from datetime import datetime
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from samestack.errors import OutsideError
from samestack.solve.index.fetching import Page, read

_ACCEPT: Final = "application/vnd.pypi.simple.v1+json, text/html;q=0.1"
_LIMIT: Final = 64 << 20


class IndexFile(Struct, frozen=True, kw_only=True):
    """One file of a package."""

    name: str
    address: str
    requires_python: str = ""
    uploaded: datetime | None = None
    has_metadata: bool = False
    """Whether its metadata stand beside it (PEP 658, 714)."""
    is_yanked: bool = False


class _JsonFile(Struct, rename="kebab"):
    filename: str
    url: str
    requires_python: str | None = None
    upload_time: datetime | None = None
    yanked: bool | str = False
    core_metadata: bool | dict[str, str] | None = None
    # The older name of the same thing.
    data_dist_info_metadata: bool | dict[str, str] | None = None


class _JsonPage(Struct):
    files: list[_JsonFile]


def files_of(index: str, name: str) -> tuple[IndexFile, ...] | None:
    """The files that an index has of a package, by its canonical name; ``None`` where it does not know it."""
    page = read(f"{index.rstrip('/')}/{name}/", _LIMIT, headers={"Accept": _ACCEPT})
    return None if page is None else _files_on(page, index)


def files_linked(address: str) -> tuple[IndexFile, ...]:
    """The files of a directory of this machine, or that a page links to."""
    from pathlib import Path
    from urllib.parse import unquote

    parts = urlsplit(address)
    path = Path(unquote(parts.path))
    if parts.scheme in {"", "file"} and path.is_dir():
        files = sorted(one for one in path.iterdir() if one.is_file())
        return tuple(IndexFile(name=one.name, address=one.absolute().as_uri()) for one in files)
    page = read(address, _LIMIT)
    return () if page is None else _files_on(page, address)


def _files_on(page: Page, index: str) -> tuple[IndexFile, ...]:
    # Files on the index's own host want its credentials too; a redirect to another host gets none.
    base = _with_user_of(index, page.address)
    found = _json_files(page, base) if "json" in page.kind else _html_files(page, base)
    return tuple(found)


def _json_files(page: Page, base: str) -> list[IndexFile]:
    try:
        decoded = msgspec.json.decode(page.content, type=_JsonPage)
    except msgspec.MsgspecError as error:
        raise OutsideError(f"{page.address} is no page of a package index: {error}") from None
    return [
        IndexFile(
            name=one.filename,
            address=_joined(base, one.url),
            requires_python=one.requires_python or "",
            uploaded=one.upload_time,
            has_metadata=bool(one.core_metadata or one.data_dist_info_metadata),
            is_yanked=one.yanked is not False,
        )
        for one in decoded.files
    ]


def _html_files(page: Page, base: str) -> list[IndexFile]:
    parser = _Links()
    parser.feed(page.content.decode("utf-8", "replace"))
    return [
        IndexFile(
            name=urlsplit(said["href"]).path.rpartition("/")[2],
            address=_joined(base, said["href"]),
            requires_python=said.get("data-requires-python", ""),
            has_metadata=bool({"data-core-metadata", "data-dist-info-metadata"} & said.keys()),
            is_yanked="data-yanked" in said,
        )
        for said in parser.found
        if "href" in said
    ]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})


def _joined(base: str, link: str) -> str:
    joined = urlsplit(urljoin(base, link))
    if joined.netloc == urlsplit(base).netloc.rpartition("@")[2]:
        joined = joined._replace(netloc=urlsplit(base).netloc)
    return urlunsplit(joined._replace(fragment=""))


def _with_user_of(index: str, address: str) -> str:
    known, found = urlsplit(index), urlsplit(address)
    user, at, host = known.netloc.rpartition("@")
    return urlunsplit(found._replace(netloc=f"{user}{at}{host}")) if host == found.netloc else address
