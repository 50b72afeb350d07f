"""Engines: which is found, and what they answer. The real ones are in ``tests/services``.

The programs here are shell scripts in the place of docker and podman, which cannot start without a daemon or
rights; they say what the real ones said.
"""

from pathlib import Path

import pytest

from samestack.errors import OutsideError, RequestError
from samestack.oci.engines.details import ContainerDetails, ImageDetails, read_details
from samestack.oci.engines.engine import Engine
from samestack.oci.engines.finding import engine


def program(directory: Path, name: str, script: str) -> Path:
    path = directory / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SAMESTACK_ENGINE", raising=False)
    return tmp_path


def test_the_one_that_there_is(programs: Path) -> None:
    program(programs, "podman", "exit 1")
    assert engine() == Engine(name="podman", program=str(programs / "podman"))


def test_of_two_the_one_that_answers(programs: Path) -> None:
    program(programs, "podman", "exit 1")
    program(programs, "docker", "exit 1")
    assert engine().name == "podman"
    program(programs, "docker", "exit 0")
    assert engine().name == "docker"


def test_the_one_that_was_chosen(programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(programs, "docker", "exit 0")
    other = program(tmp_path, "podman", "exit 0")
    assert engine("podman").name == "podman"
    assert engine(str(other)).program == str(other)
    monkeypatch.setenv("SAMESTACK_ENGINE", "podman")
    assert engine().name == "podman"
    assert engine("docker").name == "docker"
    with pytest.raises(RequestError, match="'nerdctl' is not installed"):
        engine("nerdctl")


def test_none(programs: Path) -> None:
    with pytest.raises(RequestError, match="neither docker nor podman") as caught:
        engine()
    assert caught.value.hint


def with_answer(directory: Path, output: str, *, messages: str = "", status: int = 0) -> Engine:
    (directory / "output").write_text(output)
    (directory / "messages").write_text(messages)
    script = f"cat {directory}/output; cat {directory}/messages >&2; exit {status}"
    return Engine(name="docker", program=str(program(directory, "docker", script)))


@pytest.mark.parametrize(
    ("output", "loaded"),
    [
        ("Loaded image: registry.example.com/team/agent:1.0\n", "registry.example.com/team/agent:1.0"),
        ("progress\nLoaded image ID: sha256:0123\n", "sha256:0123"),
        ("Loaded image(s): localhost/a:1,localhost/b:1\n", "localhost/a:1"),
        ("Loaded image: a:1\nLoaded image: b:1\n", "a:1"),
    ],
)
def test_what_was_loaded(tmp_path: Path, output: str, loaded: str) -> None:
    assert with_answer(tmp_path, output).load(tmp_path / "image.tar") == loaded


def test_an_engine_that_does_not_say(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="does not say what it loaded"):
        with_answer(tmp_path, "").load(tmp_path / "image.tar")


@pytest.mark.parametrize(
    "messages",
    [
        "Error: No such image: agent",
        "Error response from daemon: no such object: agent",
        "Error: inspecting object: agent: image not known",
    ],
)
def test_what_it_does_not_have(tmp_path: Path, messages: str) -> None:
    with pytest.raises(RequestError, match="docker has no image 'agent'") as caught:
        with_answer(tmp_path, "[]", messages=messages, status=1).inspect("agent")
    assert caught.value.hint == "see what there is: docker images"


def test_a_daemon_that_does_not_run_is_no_missing_image(tmp_path: Path) -> None:
    said = "one\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?\n"
    for ask in (Engine.inspect, Engine.inspect_container):
        with pytest.raises(OutsideError, match=r"^docker: Cannot connect") as caught:
            ask(with_answer(tmp_path, "", messages=said, status=1), "agent")
        assert not isinstance(caught.value, RequestError)


def test_details() -> None:
    image = '[{"Id": "sha256:1", "Os": "linux", "Architecture": "arm64", "RepoTags": null, "More": {}}]'
    assert str(read_details(image, ImageDetails, where="docker").platform) == "linux/arm64"
    container = (
        '[{"Id": "1", "Image": "sha256:1", "Config": {"Env": ["A=1"], "User": "", "WorkingDir": "/"}}]'
    )
    assert read_details(container, ContainerDetails, where="docker").config.env == ("A=1",)


@pytest.mark.parametrize("output", ["", "[]", "{}", "[3]", '[{"Id": 3}]'])
def test_answers_of_another_shape(output: str) -> None:
    with pytest.raises(OutsideError, match="the engine answers something unknown"):
        read_details(output, ImageDetails, where="docker")
