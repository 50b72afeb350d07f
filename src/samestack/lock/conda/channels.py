"""The channels of a project, as rattler takes them, and as they may stand in a lock: without secrets."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.project.manifest import Project
from samestack.solve.answering import USUAL_CHANNEL
from samestack.solve.wish_files.asked import Asked

# What follows /t/ in a channel's address is a secret: https://docs.conda.io/projects/conda/en/stable/glossary.html
_TOKEN: Final = re.compile(r"(?P<before>https?://[^\s]*?/)t/[^/\s]+(?:/|$)")


def channels_of(project: Project, asked: Asked) -> tuple[str, ...]:
    """The channels, the most important first: the manifest's, else those of its files, else the usual one.

    A relative path is one from the project's directory.
    """
    named = project.manifest.channels or asked.channels or (USUAL_CHANNEL,)
    return tuple(_absolute(one, project.directory) for one in named)


def without_secrets(text: str) -> str:
    """A text with addresses of channels, without their users, passwords and tokens."""
    return _TOKEN.sub(r"\g<before>", without_credentials(text)) if "://" in text else text


def secrets_of(channels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """For each channel with a secret, the beginning of addresses without it and with it."""
    for channel in channels:
        bare = without_secrets(f"{channel.rstrip('/')}/")
        if bare != f"{channel.rstrip('/')}/":
            yield bare, f"{channel.rstrip('/')}/"


def _absolute(channel: str, directory: Path) -> str:
    if channel.startswith(("./", "../")):
        return (directory / channel).resolve().as_uri()
    return channel
