"""Markers that ask for extras or groups beside the environment: what is left of them once those are known."""

import re
from collections.abc import Container, Iterable
from typing import Final

from samestack.capture.readers.locks.python_packages import MAIN
from samestack.capture.readers.requirements.packaging_values import marker_text

Verdict = str | bool
"""The marker that is left, or whether it holds anyway."""

MAX_NAMES: Final = 32
"""With more extras and groups than these, each of them is taken to need the whole marker."""

_TOKEN = re.compile(r'\s*(\(|\)|(?:and|or)\b|(?:"[^"]*"|\b\w+) (?:not in|in|[<>=!~]{1,3}) (?:"[^"]*"|\w+))')
_EXTRA = re.compile(r'extra (?P<operator>==|!=) "(?P<name>[^"]*)"')
_MEMBER = re.compile(r'"(?P<name>[^"]*)" (?P<operator>in|not in) (?:extras|dependency_groups)')
_NEGATIONS: Final = frozenset({"!=", "not in"})


def markers_by_group(marker: str | None, defaults: Iterable[str] = ()) -> dict[str, str | None]:
    """Under which marker everybody needs something, and under which those who ask for an extra or a group.

    ``defaults`` are what everybody asks for. The marker is in canonical form, and stays whole where only
    several extras together meet it.
    """
    if marker is None:
        return {MAIN: None}
    asked = frozenset(defaults)
    names = {match["name"] for pattern in (_EXTRA, _MEMBER) for match in pattern.finditer(marker)} - asked
    if len(names) > MAX_NAMES:
        return dict.fromkeys(names, marker)
    verdicts = {MAIN: assuming(marker, asked)}
    verdicts |= {name: assuming(marker, asked | {name}) for name in sorted(names)}
    met = {group: text_of(verdict) for group, verdict in verdicts.items() if verdict is not False}
    return met or dict.fromkeys(names or {MAIN}, marker)


def assuming(marker: str, asked: Container[str]) -> Verdict:
    """What a canonical marker demands of the environment when just these extras and groups are asked for."""
    tokens = [match[1] for match in _TOKEN.finditer(marker)]
    if "".join(tokens).replace(" ", "") != marker.replace(" ", ""):
        return marker  # it quotes in a way that is not understood here
    tokens.reverse()
    return _either(tokens, asked)


def text_of(verdict: Verdict) -> str | None:
    """The marker that a verdict leaves; ``None`` where it always holds."""
    return marker_text(verdict) if isinstance(verdict, str) else None


def _either(tokens: list[str], asked: Container[str]) -> Verdict:
    """``a or b or ...``, taken from the end of the reversed tokens."""
    parts = [_both(tokens, asked)]
    while tokens and tokens[-1] == "or":
        tokens.pop()
        parts.append(_both(tokens, asked))
    return _joined(parts, "or", decisive=True)


def _both(tokens: list[str], asked: Container[str]) -> Verdict:
    """``a and b and ...``, likewise."""
    parts = [_one(tokens, asked)]
    while tokens and tokens[-1] == "and":
        tokens.pop()
        parts.append(_one(tokens, asked))
    return _joined(parts, "and", decisive=False)


def _one(tokens: list[str], asked: Container[str]) -> Verdict:
    first = tokens.pop()
    if first == "(":
        inside = _either(tokens, asked)
        tokens.pop()
        return inside
    match = _EXTRA.fullmatch(first) or _MEMBER.fullmatch(first)
    return first if match is None else (match["name"] in asked) != (match["operator"] in _NEGATIONS)


def _joined(parts: list[Verdict], word: str, *, decisive: bool) -> Verdict:
    """``decisive`` is what any one part settles: true for ``or``, false for ``and``."""
    texts = [part for part in parts if isinstance(part, str)]
    if any(part is decisive for part in parts):
        return decisive
    if not texts:
        return not decisive
    return texts[0] if len(texts) == 1 else f" {word} ".join(f"({text})" for text in texts)
