"""Versions in the normal form of PEP 440, so that the same release is the same text."""

from __future__ import annotations

import re

_VERSION = re.compile(
    r"""\s*v?
    (?:(?P<epoch>[0-9]+)!)?
    (?P<release>[0-9]+(?:\.[0-9]+)*)
    (?:[-_.]?(?P<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_number>[0-9]+)?)?
    (?P<post>-(?P<post_alone>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?P<post_number>[0-9]+)?)?
    (?P<dev>[-_.]?dev[-_.]?(?P<dev_number>[0-9]+)?)?
    (?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
    \s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_WORDS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
_MOST_CHARACTERS = 128
"""None that metadata may state is longer; Python refuses to read numbers of thousands of digits."""


def normal_version(version: str) -> str:
    """The version in its normal form; what is none stays as it is."""
    said = _VERSION.fullmatch(version) if len(version) <= _MOST_CHARACTERS else None
    return version if said is None else f"{_public(said)}{_local(said['local'] or '')}"


def _public(said: re.Match[str]) -> str:
    epoch = int(said["epoch"] or 0)
    text = f"{epoch}!" if epoch else ""
    text += ".".join(str(int(part)) for part in said["release"].split("."))
    if said["pre"]:
        word = said["pre"].lower()
        text += f"{_WORDS.get(word, word)}{int(said['pre_number'] or 0)}"
    if said["post"]:
        text += f".post{int(said['post_alone'] or said['post_number'] or 0)}"
    return f"{text}.dev{int(said['dev_number'] or 0)}" if said["dev"] else text


def _local(text: str) -> str:
    parts = re.split(r"[-_.]", text.lower())
    return "+" + ".".join(str(int(part)) if part.isdigit() else part for part in parts) if text else ""
