"""A Dockerfile as another parser reads it."""

import io
from collections.abc import Mapping

from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]


def _parser(text: str) -> DockerfileParser:
    parser = DockerfileParser(fileobj=io.BytesIO())
    parser.content = text
    return parser


def instructions(text: str) -> list[tuple[str, str]]:
    """Their names and values, in order."""
    found = _parser(text).structure
    return [(one["instruction"], one["value"]) for one in found if one["instruction"] != "COMMENT"]


def labels(text: str) -> Mapping[str, str]:
    """Those of the last stage."""
    return dict(_parser(text).labels)


def variables(text: str) -> Mapping[str, str]:
    """Those of the last stage."""
    return dict(_parser(text).envs)
