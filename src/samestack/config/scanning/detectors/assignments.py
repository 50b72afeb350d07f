"""Secrets that are told by their name: something called a password or a key is given a literal."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from samestack.config.scanning.detectors.entropy import entropy, has_classes, is_password, is_random
from samestack.config.scanning.detectors.placeholders import is_placeholder
from samestack.config.scanning.sighting import Sighting
from samestack.config.scanning.text import Text

_TELLING_WORDS: Final = (
    r"(?:password|passwd|passphrase|pwd|secret|token|credential|apikey|authkey|(?<![a-z])pass(?![a-z])"
    r"|(?:api|access|auth|private|secret|encryption|signing|master|account|service|shared|storage|webhook)[_-]?key)"
)
_NAME: Final = rf"(?P<name>[\w.-]{{0,60}}?{_TELLING_WORDS}[\w.-]{{0,30}}?)"
_QUOTED: Final = (
    r"""(?P<prefix>[bBuUrR]{0,2})(?P<quote>\"\"\"|'''|["'`])"""
    r"""(?P<secret>(?:(?!(?P=quote))[^\n\\]|\\.){4,512}?)(?P=quote)"""
)
_ANNOTATION: Final = r"(?:\s*:\s*[\w.\[\]| ]{1,40}?(?=\s*=))?"
_VALUE: Final = r"""(?P<secret>[^\s"'#;,][^\s"';,]{3,511})"""
_IN_CODE: Final = (
    rf"""(?i:(?<![\w.-]){_NAME})["']?\]?{_ANNOTATION}\s*(?P<joint>=>|:=|==|!=|=|:|,)\s*{_QUOTED}"""
)
_UNQUOTED: Final = (
    rf"""(?im:(?:^|[\s;"',|{{]){_NAME}["']?[ \t]*(?:=|:[ \t]|[ \t]=)[ \t]*){_VALUE}(?=[\s,;"'}}\]]|$)"""
)
_SPACED: Final = (
    rf"(?im:(?:^|\s)(?P<name>password|_password|(?:ENV|ARG)[ \t]+[\w]*?{_TELLING_WORDS}\w*)[ \t]+)"
    r"""(?P<secret>[^\s"'=]{4,512})(?=\s|$)"""
)
_PAIR: Final = (
    rf"""(?im:["']?(?:name|key)["']?\s*:\s*["']?{_NAME}["']?\s*,?\s*\n?\s*["']?value["']?\s*:[ \t]*)"""
    r"""["']?(?P<secret>[^\s"'#,}]{4,512})"""
)
_ELEMENT: Final = rf"(?i:<{_NAME}>)(?P<secret>[^<\s]{{4,512}})</"
_SQL: Final = r"(?i:\bIDENTIFIED\s+BY|\bWITH\s+(?:ENCRYPTED\s+)?PASSWORD)\s+'(?P<secret>[^'\n]{4,512})'"
_BEFORE: Final = 200
_AFTER: Final = 1000
"""How many characters before and after a word are looked at."""
_MEANT_FOR_PEOPLE: Final = re.compile(r"(?i:pass(?:word|wd|phrase)?|pwd)")
_NO_SECRET_NAME: Final = re.compile(
    r"""(?ix:
    (?:file|filename|path|url|uri|name|type|length|len|size|header|prefix|suffix|field|pattern|regexp?|column|label|help
      |hint|error|errors|message|msg|expir\w*|ttl|count|limit|dir|directory|env|variable|var|class|title|text|description
      |placeholder|policy|policies|version|algorithm|alg|method|format|style|mode|ref|arn|id|ids|_re|endpoint|scheme|kind
      |template|input|prompt|param|params|parameter|attr|attribute|option|options|reset\w*|validators?|hasher|hashers
      |manager|provider|store|backend|generator|module|section|group|usage|rule|rules|index|position|separator|sep
      |delimiter|doc|docs|stream|chars|characters|alphabet|status|state|link|view|page|form|button|selector|rotation)$
    |^(?:eos|bos|pad|unk|mask|sep|cls|image|audio|video|start|end|next|prev|previous|page|continuation|special|stop|oov
      |blank|boi|eoi|eot|decoder\w*|additional\w*|max|num|n|min|public|lookup|sync|resume|cancel|cursor|time|date|css
      |design|punctuation|indent|newline|whitespace|operator|first|last|current|left|right|prefix|lex\w*|csrfmiddleware)[_-]?tokens?
    |tokeni[sz]|tokens$|passed|passing|passive|bypass|compass|passenger|public[_-]?key|keyboard|password_?less|secretary|secrets$
    |_tok_|pass_(?:through|filenames|context|environment|script)|forgot|change_?password|no_?pass)"""
)
_CONSTANT: Final = re.compile(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:[_.-][a-z]+)+[a-z0-9]*|[a-z]+(?:[A-Z][a-z]+)+\d?"
)
_EXPRESSION: Final = re.compile(r"[A-Za-z_][\w.]*(?:\(|\[|\{)|.*[()]|.*\[.*\]|.*->|.*=>|[<>]|.*\bself\.")


class _Shape:
    """One way of giving a name a value; compiled when the first text asks for it."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def matches(self, content: str, windows: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """Every match in some parts of a text."""
        self._compiled = self._compiled or re.compile(self._pattern)
        for start, end in windows:
            yield from self._compiled.finditer(content, start, end)


_ROOTS: Final = ("pass", "pwd", "secret", "token", "credential", "identified by")
_KEYS: Final = re.compile(
    r"(?:api|access|auth|private|encryption|signing|master|account|service|shared|storage|webhook)[_-]?$"
)
_SMALL: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_CODE: Final = _Shape(_IN_CODE)
_CONFIGURATION: Final = (_Shape(_UNQUOTED), _Shape(_SPACED), _Shape(_PAIR))
_MARKUP: Final = _Shape(_ELEMENT)
_DATABASE: Final = _Shape(_SQL)


def sightings(text: Text) -> Iterator[Sighting]:
    """Every literal that is given to something whose name says that it is a secret."""
    windows = () if text.is_generated or text.is_installed else tuple(_windows(text.content))
    if not windows:
        return
    shapes = [_CODE, *(_CONFIGURATION if text.has_unquoted_values else ())]
    shapes += [_MARKUP] if "</" in text.content else []
    shapes += [_DATABASE] if "'" in text.content else []
    for shape in shapes:
        for match in shape.matches(text.content, windows):
            name = match.groupdict().get("name") or "password"
            if _is_joined(match) and _is_secret(name, match["secret"], text):
                yield Sighting(
                    text=text,
                    start=match.start("secret"),
                    secret=match["secret"],
                    kind=f"a literal for {_shown(name)}",
                    name=_shown(name),
                )


def _windows(content: str) -> Iterator[tuple[int, int]]:
    """The lines that have a word for a secret, with the two that follow: hardly any of a text."""
    start, end = 0, -1
    for offset in _words(content):
        if offset < end:
            continue
        if end > 0:
            yield start, end
        start = max(content.rfind("\n", 0, offset) + 1, offset - _BEFORE, end)
        end = _line_ends(content, offset)
    if end > 0:
        yield start, end


def _words(content: str) -> list[int]:
    """Where the words for secrets may stand. Plain searches: a pattern takes a hundred times as long."""
    lowered = content.lower()
    if len(lowered) != len(content):  # there are letters whose small form is longer
        lowered = content.translate(_SMALL)
    found = [offset for root in _ROOTS for offset in _all(lowered, root)]
    found += [at for at in _all(lowered, "key") if _KEYS.search(lowered, max(at - 12, 0), at)]
    return sorted(found)


def _all(content: str, word: str) -> Iterator[int]:
    offset = content.find(word)
    while offset >= 0:
        yield offset
        offset = content.find(word, offset + 1)


def _line_ends(content: str, offset: int, lines: int = 3) -> int:
    """The end of so many lines, counted from an offset."""
    for _ in range(lines):
        found = content.find("\n", offset)
        if found < 0 or found > offset + _AFTER:
            return min(offset + _AFTER, len(content))
        offset = found + 1
    return offset


def _shown(name: str) -> str:
    return name.rpartition(" ")[2].rpartition("\t")[2].strip(".-")


def _is_joined(match: re.Match[str]) -> bool:
    """Whether a comma stands between a key and its value: ``get("API_KEY", "...")``, and not in a list."""
    before = match.string[max(match.start() - 2, 0) : match.start()]
    return match.groupdict().get("joint") != "," or (before[:1] in "([" and before[-1:] in "\"'")


def _is_secret(name: str, value: str, text: Text) -> bool:
    if _NO_SECRET_NAME.search(_shown(name)) or is_placeholder(value) or _repeats(name, value):
        return False
    if value.count(" ") > 2 or _EXPRESSION.match(value) or not value.isprintable():
        return False
    if text.is_example:
        is_drawn = is_random(value) and entropy(value) >= 3.5
        return len(value) >= 16 and is_drawn and "\\" not in value
    if _MEANT_FOR_PEOPLE.search(name):
        return is_password(value) and not _CONSTANT.fullmatch(value)
    return len(value) >= 8 and has_classes(value) and not _CONSTANT.fullmatch(value) and is_random(value)


def _repeats(name: str, value: str) -> bool:
    """Whether a value says its own name again: ``token = "access_token"``."""
    own, said = (re.sub(r"[\W_]", "", one).lower() for one in (name, value))
    return said in own or (own in said and len(said) < len(own) + 6)
