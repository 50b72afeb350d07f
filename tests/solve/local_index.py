"""A package index on 127.0.0.1, with wheels of nothing but metadata: what the tests put there, it serves."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from samestack.solve.uv.index_settings import IndexSettings


class LocalIndex:
    """Wheels by package; ``asked`` lists what was asked for, the other values say how it answers."""

    def __init__(
        self,
        *,
        is_json: bool = True,
        has_metadata: bool = True,
        gives_ranges: bool = False,
        status: int = 200,
    ) -> None:
        self.is_json = is_json
        self.has_metadata = has_metadata
        self.gives_ranges = gives_ranges
        self.status = status
        self.user = ""
        self.asked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.details: dict[str, dict[str, str]] = {}

    def add(
        self,
        name: str,
        version: str,
        *needs: str,
        tag: str = "py3-none-any",
        requires_python: str = "",
        uploaded: str = "2022-06-01T12:00:00Z",
        size: int = 0,
    ) -> str:
        """Put a wheel there; the name of its file."""
        file = f"{name.replace('-', '_')}-{version}-{tag}.whl"
        self.files[file] = wheel(name, version, needs, tag, requires_python=requires_python, size=size)
        self.details[file] = {"requires-python": requires_python, "upload-time": uploaded}
        return file

    def of(self, name: str) -> list[str]:
        """The files of a package."""
        return [file for file in self.files if file.partition("-")[0].replace("_", "-").lower() == name]

    def write_to(self, directory: Path) -> Path:
        """The same index as a directory of pages and files."""
        for file, content in self.files.items():
            folder = directory / file.partition("-")[0].replace("_", "-").lower()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content)
            with (folder / "index.html").open("a") as page:
                page.write(f'<a href="{file}#sha256={hashlib.sha256(content).hexdigest()}">{file}</a>\n')
        return directory


def wheel(
    name: str, version: str, needs: Sequence[str], tag: str, *, requires_python: str = "", size: int = 0
) -> bytes:
    """The bytes of a wheel that holds metadata, and ``size`` bytes that do not compress."""
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {requires_python}"] if requires_python else []
    lines += [f"Requires-Dist: {need}" for need in needs]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("payload", bytes(size))
        archive.writestr(f"{folder}/METADATA", "\n".join(lines) + "\n\n")
        archive.writestr(f"{folder}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{folder}/RECORD", "")
    return packed.getvalue()


def metadata_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return next(archive.read(one) for one in archive.namelist() if one.endswith("METADATA"))


class _Handler(BaseHTTPRequestHandler):
    index: LocalIndex

    def do_GET(self) -> None:
        self.index.asked.append(self.path)
        if self.index.user and self.index.user not in self.headers.get("Authorization", ""):
            self._say(401, b"", "text/plain")
        elif self.index.status != 200:
            self._say(self.index.status, b"", "text/plain")
        else:
            self._answer(self.path.strip("/").split("/"))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, parts: list[str]) -> None:
        index, name = self.index, parts[-1].removesuffix(".metadata")
        if parts[0] == "simple" and len(parts) == 2 and (files := index.of(parts[1])):
            self._page(files)
        elif parts[0] == "files" and name in index.files:
            content = index.files[name]
            self._file(content if name == parts[-1] else metadata_of(content))
        else:
            self._say(404, b"", "text/plain")

    def _page(self, files: list[str]) -> None:
        if self.index.is_json:
            kind = "application/vnd.pypi.simple.v1+json"
            self._say(200, json.dumps(_json(self.index, files)).encode(), kind)
        else:
            self._say(200, _html(self.index, files).encode(), "text/html")

    def _file(self, content: bytes) -> None:
        said = self.headers.get("Range", "")
        if not (said and self.index.gives_ranges):
            self._say(200, content, "application/octet-stream")
            return
        start, _, end = said.removeprefix("bytes=").partition("-")
        first = int(start) if start else max(0, len(content) - int(end))
        last = int(end) if start and end else len(content) - 1
        self.part = f"bytes {first}-{last}/{len(content)}"
        self._say(206, content[first : last + 1], "application/octet-stream")

    def _say(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if status == 206:
            self.send_header("Content-Range", self.part)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def served(index: LocalIndex) -> Iterator[str]:
    """The address of its Simple API, as long as it lasts."""
    handler = type("Handler", (_Handler,), {"index": index})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def only(address: str, cache: Path) -> IndexSettings:
    """The settings of a user who has this index and no other, and a cache that nobody else uses."""
    variables = {"UV_DEFAULT_INDEX": address, "UV_CACHE_DIR": str(cache), "UV_HTTP_RETRIES": "0"}
    return IndexSettings(indexes=(address,), environment={**variables, "UV_NO_CONFIG": "1"})


def _json(index: LocalIndex, files: list[str]) -> dict[str, object]:
    described = [
        {
            "filename": file,
            "url": f"/files/{file}",
            "hashes": {"sha256": hashlib.sha256(index.files[file]).hexdigest()},
            "core-metadata": index.has_metadata,
            **{key: value for key, value in index.details[file].items() if value},
        }
        for file in files
    ]
    return {"meta": {"api-version": "1.1"}, "name": files[0].partition("-")[0], "files": described}


def _html(index: LocalIndex, files: list[str]) -> str:
    marks = ' data-core-metadata="true"' if index.has_metadata else ""
    links = [f'<a href="/files/{file}"{marks}{_python(index, file)}>{file}</a>' for file in files]
    return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>"


def _python(index: LocalIndex, file: str) -> str:
    said = index.details[file]["requires-python"].replace(">", "&gt;").replace("<", "&lt;")
    return f' data-requires-python="{said}"' if said else ""
