"""VisionaryAI's helpdesk agent as an image: built without an engine, run on one with a profile, and asked."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from tests.services.container_engine import ContainerEngine
from tests.services.helpdesk_image import HelpdeskImage
from tests.services.server_processes import free_port

pytestmark = pytest.mark.service

SECONDS = 120.0


@pytest.fixture(scope="module")
def project(helpdesk_image: HelpdeskImage) -> Path:
    """The project, beside whose directory the layout of its image stands."""
    return helpdesk_image.project


@pytest.fixture(scope="module")
def server(project: Path, engine: ContainerEngine) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A container with the development profile and one value of its own, and where it listens."""
    port = free_port()
    (project.parent / "own.env").write_text(
        f"HELPDESK_PORT={port}\nDATABASE_URL=sqlite:////tmp/local.db\n"  # its own directory is not the user's
    )
    words = ("run", f"oci:{project.parent / 'image'}:1", "--profile=development", "--network=host")
    more = (f"--project={project}", f"--env-file={project.parent / 'own.env'}")
    process = subprocess.Popen(
        (sys.executable, "-m", "samestack", "image", *words, *more),
        env={**os.environ, **engine.environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process, port
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)


def asked(port: int, path: str, question: str | None = None) -> dict[str, Any]:
    """What the server answers, as soon as there is one."""
    data = None if question is None else json.dumps({"question": question}).encode()
    latest = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data, timeout=60) as answer:
                return dict(json.load(answer))
        except OSError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.5)


def test_it_answers_and_its_profile_is_development(server: tuple["subprocess.Popen[str]", int]) -> None:
    process, port = server
    answer = asked(port, "/ask", "Getting a 401 with the token you gave us")
    assert answer["topic"] == "integration"
    assert answer["article"] == "key-refused"
    assert process.stdout is not None
    assert process.stdout.readline() == f"http://127.0.0.1:{port}/ask\n", "it listens for this machine alone"
    assert '"POST /ask' in process.stdout.readline(), "requests are told in development"


def test_the_image_is_what_its_lock_says(project: Path) -> None:
    assert main(["image", "verify", f"oci:{project.parent / 'image'}:1", str(project / "pylock.toml")]) == 0
