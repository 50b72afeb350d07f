"""The words for an engine, and the ports in them."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.running.command import Container, run_command
from samestack.image.running.publishing import published


def test_the_least() -> None:
    words = run_command("/usr/bin/docker", "docker", Container(image="name:1"))
    assert words == ("/usr/bin/docker", "run", "--rm", "--interactive", "name:1")


def test_everything() -> None:
    container = Container(
        image="sha256:abc",
        command=("python", "--version"),
        variables_files=("/dev/fd/5", "more.env"),
        secrets=Path("/run/user/1/s"),
        ports=("127.0.0.1:8000:8000",),
        network="host",
        is_interactive=True,
        has_gpus=True,
        has_init=True,
    )
    assert run_command("docker", "docker", container) == (
        *("docker", "run", "--rm", "--interactive", "--tty", "--init"),
        *("--env-file=/dev/fd/5", "--env-file=more.env"),
        "--volume=/run/user/1/s:/run/secrets:ro,Z",
        *("--publish=127.0.0.1:8000:8000", "--network=host", "--gpus", "all"),
        *("sha256:abc", "python", "--version"),
    )


def test_podman_has_another_word_for_gpus() -> None:
    words = run_command("podman", "podman", Container(image="a", has_gpus=True))
    assert words[4:6] == ("--device", "nvidia.com/gpu=all")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8000", "127.0.0.1:8000:8000"),
        ("8080:8000", "127.0.0.1:8080:8000"),
        ("0.0.0.0:8080:8000", "0.0.0.0:8080:8000"),
        ("[::1]:8080:8000", "[::1]:8080:8000"),
        ("53:53/udp", "127.0.0.1:53:53/udp"),
    ],
)
def test_ports_are_for_this_machine_unless_an_address_is_said(text: str, words: str) -> None:
    assert published(text) == words


@pytest.mark.parametrize(
    "text", ["", "http", "0", "65536", "1:2:3", "8000/sctp", "host:1:2", "8000:", ":8000"]
)
def test_what_is_no_port(text: str) -> None:
    with pytest.raises(RequestError, match="no port to publish"):
        published(text)
