"""Where apt gets packages from, as its two kinds of files say it (``man sources.list``)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.libraries import library

_LINE: Final = re.compile(
    r"deb[ \t]+(?:\[(?P<options>[^\]]*)\][ \t]*)?(?P<address>\S+)[ \t]+(?P<suite>\S+)(?P<components>.*)"
)


class AptSource(Struct, frozen=True, kw_only=True):
    """One suite at one address."""

    address: str
    suite: str
    components: tuple[str, ...] = ()
    keyring: str = ""
    """The file of the keys that sign it, where one is named."""


def from_list(text: str) -> Iterator[AptSource]:
    """The sources of a ``sources.list``: a line each."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line.partition("#")[0].strip())
        if found is not None:
            options = dict(one.partition("=")[::2] for one in (found["options"] or "").split())
            yield AptSource(
                address=found["address"],
                suite=found["suite"],
                components=tuple(found["components"].split()),
                keyring=_keyring(options.get("signed-by", "")),
            )


def from_stanzas(text: str) -> Iterator[AptSource]:
    """The sources of a ``.sources`` file: stanzas of fields that hold several values each."""
    for stanza in library("debian.deb822", "reading apt's sources", extra="image").Deb822.iter_paragraphs(
        text.splitlines(), use_apt_pkg=False
    ):
        if "deb" in _words(stanza, "Types") and stanza.get("Enabled", "yes").strip().lower() != "no":
            yield from _of_stanza(stanza)


def _of_stanza(stanza: Mapping[str, str]) -> Iterator[AptSource]:
    for address in _words(stanza, "URIs"):
        for suite in _words(stanza, "Suites"):
            yield AptSource(
                address=address,
                suite=suite,
                components=_words(stanza, "Components"),
                keyring=_keyring(stanza.get("Signed-By", "")),
            )


def _words(stanza: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(stanza.get(name, "").split())


def _keyring(said: str) -> str:
    """The first keyring that is a file; keys that stand in the source itself, or are named, are not one."""
    return next((word for word in re.split(r"[\s,]+", said) if word.startswith("/")), "")
