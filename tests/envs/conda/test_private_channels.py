import base64
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.lock.conda.exports import environment_yaml, explicit_list
from samestack.lock.reading import read_lock
from tests.conda_channel import add_package, index_channel
from tests.envs.conda.prefixes import captured, fill, lock

SECRET = "hunter2"
TOKEN = "tk-123"


class Private(SimpleHTTPRequestHandler):
    """Shows a channel to who knows the password, or the token in the address."""

    def do_GET(self) -> None:
        expected = base64.b64encode(f"me:{SECRET}".encode()).decode()
        if self.path.startswith(f"/t/{TOKEN}/"):
            self.path = self.path.removeprefix(f"/t/{TOKEN}")
            super().do_GET()
        elif self.headers.get("Authorization") == f"Basic {expected}":
            super().do_GET()
        else:
            self.send_error(401)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def private_host(tmp_path: Path) -> Iterator[str]:
    directory = tmp_path / "served"
    add_package(directory / "ours", "libblas-3.9.0-0", files={"lib/libblas.so.3": b"private"})
    index_channel(directory / "ours")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Private, directory=str(directory)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("file", ["pyproject.toml", "environment.yml"])
@pytest.mark.parametrize("opened", [f"me:{SECRET}@HOST/ours", f"HOST/t/{TOKEN}/ours"])
def test_secrets_open_the_channel_and_are_kept_nowhere(
    opened: str, file: str, private_host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATTLER_CACHE_DIR", str(tmp_path / "rattler"))
    channel = f"http://{opened.replace('HOST', private_host)}"
    named = f'channels = ["{channel}"]\n' if file == "pyproject.toml" else ""
    (tmp_path / "pyproject.toml").write_text(f'[tool.samestack]\nbackend = "conda"\n{named}')
    listed = "" if named else f"channels: ['{channel}']\n"
    (tmp_path / "environment.yml").write_text(f"{listed}dependencies: [libblas]\n")
    lock(tmp_path)
    decided = read_lock(tmp_path / "pixi.lock")
    prefix = fill(tmp_path)
    assert (prefix / "lib/libblas.so.3").read_bytes() == b"private"
    assert [one.label for one in captured(prefix).stack if one.name == "libblas"] == ["libblas 3.9.0"]
    kept = [
        (tmp_path / "pixi.lock").read_text(),
        environment_yaml(decided).decode(),
        explicit_list(decided).decode(),
        *(path.read_text() for path in (prefix / "conda-meta").iterdir()),
    ]
    assert not [text for text in kept if SECRET in text or TOKEN in text]
    assert f"http://{private_host}/ours/" in kept[0]


def test_a_channel_that_is_not_opened(
    private_host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATTLER_CACHE_DIR", str(tmp_path / "rattler"))
    (tmp_path / "environment.yml").write_text(
        f"channels: ['http://me:wrong@{private_host}/ours']\ndependencies: [libblas]\n"
    )
    with pytest.raises(OutsideError, match="a channel cannot be read") as caught:
        lock(tmp_path)
    assert "wrong" not in str(caught.value)
