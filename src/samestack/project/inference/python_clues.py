"""The Python that a project runs on, by the files that hosts and pipelines read it from."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.inference.image_clues import of_image
from samestack.project.inference.shell_commands import of_command

_VERSION: Final = re.compile(r"(?:python-|cpython-)?(?P<version>[23]\.\d{1,2}(?:\.\d{1,2})?)(?:\s.*)?")
_PIPELINE_PYTHON: Final = re.compile(
    r"""\s*-?\s*["']?python(?:[-_]version)?["']?\s*:\s*(?P<values>.*)""", re.IGNORECASE
)
_ITEM: Final = re.compile(r"(?<![\d.])[23]\.\d{1,2}(?:\.\d{1,2})?(?![\d.])")
_LIST_ITEM: Final = re.compile(r"\s*-\s*[\"']?(?P<value>[23]\.\d{1,2}(?:\.\d{1,2})?)[\"']?\s*(?:#.*)?$")
_IMAGE: Final = re.compile(r"\s*-?\s*(?:image|container)\s*:\s*[\"']?(?P<image>[\w./:-]+)")
_RUNNER: Final = re.compile(r"\b(?P<system>ubuntu|macos|windows)-(?:latest|\d[\w.-]*)")
_PLATFORMS: Final = {"ubuntu": "linux-64", "macos": "osx-arm64", "windows": "win-64"}


def is_pipeline(name: str) -> bool:
    """Whether a file describes a continuous integration."""
    usual = {
        ".travis.yml",
        ".gitlab-ci.yml",
        "azure-pipelines.yml",
        "bitbucket-pipelines.yml",
        ".circleci/config.yml",
    }
    return name in usual or (name.startswith(".github/workflows/") and name.endswith((".yml", ".yaml")))


def of_version_file(text: str, shown_as: str) -> Seen:
    """``.python-version`` and ``runtime.txt``: the first line that names a version."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _VERSION.fullmatch(line.strip()):
            return Seen((Clue(kind=Kind.PYTHON, value=match["version"], place=f"{shown_as}:{number}"),))
    return Seen()


def of_pipeline(text: str, shown_as: str) -> Seen:
    """The Pythons that it tests on, its systems, its images, and what its steps install for the system.

    Read line by line, as texts: YAML would take 3.10 for the number 3.1.
    """
    return Seen.joined(_of_lines(text.splitlines(), shown_as))


def _of_lines(lines: list[str], shown_as: str) -> Iterator[Seen]:
    is_in_list = False
    for number, line in enumerate(lines, start=1):
        place = f"{shown_as}:{number}"
        match = _PIPELINE_PYTHON.match(line)
        item = _LIST_ITEM.match(line) if is_in_list else None
        is_in_list = bool(match and not match["values"].strip()) or item is not None
        versions = _ITEM.findall(match["values"]) if match else [item["value"]] if item else []
        yield Seen(tuple(Clue(kind=Kind.TESTED_PYTHON, value=one, place=place) for one in versions))
        yield Seen(tuple(_of_runners(line, place)))
        if image := _IMAGE.match(line):
            yield of_image(image["image"], place)
        if "apt" in line and " install " in line:
            command = re.sub(r"^\s*-?\s*(?:run\s*:)?\s*", "", line)
            yield Seen(of_command(command, place).clues)


def _of_runners(line: str, place: str) -> Iterator[Clue]:
    for match in _RUNNER.finditer(line):
        yield Clue(kind=Kind.PLATFORM, value=_PLATFORMS[match["system"]], place=place)
