"""Asking a running program what it is: bounded, in time, at one host alone."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import samestack.runtime
from samestack.compare.releases import packages_digest
from samestack.errors import InputError, OutsideError, RequestError
from samestack.model import Component, Ecosystem, Layer, Stack
from samestack.parity.health import MAX_BYTES, RuntimeReport, read_report
from samestack.runtime.reporting import Report

Answer = Callable[[BaseHTTPRequestHandler], None]


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def served(**answers: Answer) -> Iterator[str]:
    """The address of a server with these paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers[self.path.strip("/").partition("?")[0]](self)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_what_a_program_reports_is_read_alone_or_beside_its_own_health() -> None:
    own = samestack.runtime.report()
    beside = json.dumps({"status": "ok", "samestack": own}).encode()
    with served(health=sends(samestack.runtime.report_json()), beside=sends(beside)) as address:
        assert read_report(f"{address}/health", 10) == read_report(f"{address}/beside?x=1", 10)
        found = read_report(f"{address}/health", 10)
    assert found.stack == own["stack"]
    assert found.python == own["python"]
    assert found.seeds == own["seeds"]


def test_it_knows_all_that_a_program_says() -> None:
    assert set(RuntimeReport.__struct_fields__) == set(Report.__annotations__)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"ok",
        b"[]",
        b"{}",
        b'{"schema": "samestack/runtime/2"}',
        b'{"samestack": 1}',
        b"\xff",
        b"[" * 5000,
    ],
)
def test_what_is_no_report_is_said(body: bytes) -> None:
    with served(health=sends(body)) as address, pytest.raises(InputError, match="no report"):
        read_report(f"{address}/health", 10)


def test_a_long_answer_is_not_read() -> None:
    with (
        served(health=sends(b" " * (MAX_BYTES + 1))) as address,
        pytest.raises(InputError, match="more than"),
    ):
        read_report(f"{address}/health", 10)


def test_an_answer_that_trickles_is_too_late() -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b" ")
            time.sleep(0.1)

    with served(health=trickle) as address:
        begun = time.monotonic()
        with pytest.raises(OutsideError, match=r"within 0\.5 seconds"):
            read_report(f"{address}/health", 0.5)
        assert time.monotonic() - begun < 3


def test_it_follows_its_own_server_and_no_other() -> None:
    report = sends(samestack.runtime.report_json())
    with served(health=report) as other:
        answers = {
            "moved": sends(b"", 307, Location="/health"),
            "round": sends(b"", 302, Location="/round"),
            "away": sends(b"", 302, Location=f"{other}/health"),
            "file": sends(b"", 302, Location="file:///etc/passwd"),
        }
        with served(health=report, **answers) as address:
            assert read_report(f"{address}/moved", 10).python
            for path, said in (("away", "another host"), ("file", "no address"), ("round", "to the next")):
                with pytest.raises(OutsideError, match=said):
                    read_report(f"{address}/{path}", 10)


def test_who_does_not_answer_is_said() -> None:
    with served(health=sends(b"", 503)) as address, pytest.raises(OutsideError, match="status 503"):
        read_report(f"{address}/health", 10)
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        with pytest.raises(OutsideError, match="nobody answers"):
            read_report(f"http://127.0.0.1:{reserved.getsockname()[1]}/health", 10)


@pytest.mark.parametrize(
    "address", ["", "health", "ftp://host/x", "http://", "http://host:x/", "http://host/a b", "http://[::1/"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(RequestError, match="no address"):
        read_report(address, 1)


def test_a_password_is_never_sent_or_shown() -> None:
    with pytest.raises(RequestError) as refused:
        read_report("http://user:canary-9e2b@127.0.0.1/health?key=canary-9e2b", 1)
    assert "canary-9e2b" not in str(refused.value)


def package(name: str, version: str) -> Component:
    return Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version=version)


def report_of(*packages: Component) -> RuntimeReport:
    stack = Stack.of(packages)
    seeds = {"pip", "setuptools", "wheel", "uv"}
    return RuntimeReport(
        schema="samestack/runtime/1",
        stack=packages_digest(stack),
        stack_without_seeds=packages_digest(stack, but=seeds),
        seeds={one.name: one.version or "" for one in packages if one.name in seeds},
    )


def test_whether_it_runs_what_is_locked() -> None:
    numpy, setuptools = package("numpy", "2.0"), package("setuptools", "80.0")
    locked = Stack.of([numpy, setuptools])
    assert report_of(numpy, setuptools).runs(locked) is True
    assert report_of(numpy, setuptools, package("pip", "25.0")).runs(locked) is True
    assert report_of(numpy, setuptools).runs(Stack.of([numpy])) is True
    assert report_of(numpy).runs(locked) is False
    assert report_of(numpy, package("setuptools", "79.0")).runs(locked) is False
    assert report_of(package("numpy", "2.1"), setuptools).runs(locked) is False
    assert report_of(numpy, setuptools, package("scipy", "1.0")).runs(locked) is False
    assert RuntimeReport(schema="samestack/runtime/1").runs(locked) is None


def test_the_project_itself_is_no_business_of_a_lock() -> None:
    own = Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="agent")
    numpy = package("numpy", "2.0")
    assert report_of(numpy).runs(Stack.of([own, numpy])) is True
