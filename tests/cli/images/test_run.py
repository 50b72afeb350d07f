"""The words of ``image run``: options stand on either side of REF, and a command after ``--`` is its own."""

import argparse
from collections.abc import Sequence

import pytest

from samestack.cli.images import run
from samestack.errors import RequestError
from tests.cli.images.actions import run_action


def parsed(*words: str) -> tuple[argparse.Namespace, Sequence[str]]:
    parser = argparse.ArgumentParser()
    action = parser.add_subparsers().add_parser("run")
    run.add_arguments(action)
    arguments = parser.parse_args(["run", *words])
    return arguments, run._completed(arguments)


@pytest.mark.parametrize(
    "words",
    [
        ("--gpus", "--publish=1", "image:x", "--publish", "2", "--profile=p"),
        ("image:x", "--gpus", "--publish=1", "--publish=2", "--profile", "p"),
        ("--gpus", "--publish", "1", "--publish", "2", "--profile=p", "image:x"),
    ],
)
@pytest.mark.parametrize("command", [(), ("cat",), ("python", "--gpus", "-x", "--", "--profile", "q")])
def test_options_on_either_side(words: Sequence[str], command: Sequence[str]) -> None:
    arguments, found = parsed(*words, *(("--", *command) if command else ()))
    assert (arguments.reference, tuple(found)) == ("image:x", tuple(command))
    assert (arguments.gpus, arguments.publish, arguments.profile) == (True, ["1", "2"], "p")


@pytest.mark.parametrize(
    "words", [("image:x", "cat"), ("image:x", "--profile=p", "--unknown"), ("image:x", "-x")]
)
def test_a_command_without_dashes_is_refused(words: Sequence[str]) -> None:
    with pytest.raises(RequestError, match="is no option"):
        parsed(*words)


@pytest.mark.parametrize("words", [(), ("--", "cat"), ("--gpus", "--", "cat")])
def test_no_image(words: Sequence[str]) -> None:
    with pytest.raises(RequestError, match="no image is named"):
        parsed(*words)


def test_what_can_be_refused_is_refused_before_any_engine_is_asked() -> None:
    for words, message in (
        (("--publish=x",), "'x' is no port to publish"),
        (("--secret=canary",), "a secret is given by the file that holds it"),
        (("--secret=a=/none",), "/none: no such file"),
        (("--env-file=/none",), "'/none': no such file of variables"),
        (("--profile=none",), "no profile is configured here"),
        (("--engine=/none",), "the engine '/none' is not installed"),
    ):
        engine = () if words[0].startswith("--engine") else ("--engine=true",)
        status, output, messages = run_action("run", "image:none", *engine, *words)
        assert (status, output) == (2, "")
        assert message in messages
        assert "canary" not in messages
