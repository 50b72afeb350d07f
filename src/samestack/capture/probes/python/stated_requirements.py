"""What a distribution says it needs: other distributions, and a Python (PyPA, "Core metadata")."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Value

MAX_REQUIREMENTS: Final = 4000
"""How many requirements of one distribution are kept. apache-airflow, with all its extras, has 800."""

_MAX_CHARACTERS: Final = 2048
_MAX_LIST_BYTES: Final = 1024 * 1024


def stated_requirements(tree: Tree, distribution: Distribution) -> dict[str, Value]:
    """The facts ``requires``, each text as it is written, in its order, and ``requires_python``."""
    headers = _headers(_metadata(tree, distribution))
    requires = tuple(_kept(header_values(headers, b"requires-dist")))
    if not requires and not distribution.metadata_directory.endswith(".dist-info"):
        path = distribution.metadata_file("requires.txt")
        content = read_optional(tree, path, limit=_MAX_LIST_BYTES).content or b""
        requires = tuple(_kept(listed_requirements(content.decode("utf-8", "replace"))))
    facts: dict[str, Value] = {"requires": requires} if requires else {}
    for text in header_values(headers, b"requires-python"):
        facts["requires_python"] = shown_text(without_credentials(text))
    return {name: value for name, value in facts.items() if value}


def header_values(headers: bytes, name: bytes) -> Iterator[str]:
    """The values of every header of a name, which is given in small letters; folded lines are one line."""
    lowered = headers.lower()
    field = b"\n" + name + b":"
    at = lowered.find(field)
    while at >= 0:
        start = at + len(field)
        end = headers.find(b"\n", start)
        while end >= 0 and headers[end + 1 : end + 2] in {b" ", b"\t"}:
            end = headers.find(b"\n", end + 1)
        end = len(headers) if end < 0 else end
        lines = headers[start:end].decode("utf-8", "replace").split("\n")
        yield " ".join(line.strip() for line in lines).strip()
        at = lowered.find(field, end)


def listed_requirements(text: str) -> Iterator[str]:
    """The requirements of setuptools' ``requires.txt``, where extra and marker stand in a section's title.

    ``[socks:sys_platform == "win32"]`` is written as the marker that core metadata would have.
    """
    marker = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            extra, _, condition = line[1:-1].partition(":")
            conditions = [f"({condition})"] if condition and extra else [condition] if condition else []
            marker = " and ".join([*conditions, *([f'extra == "{extra}"'] if extra else [])])
        elif line and not line.startswith("#"):
            yield f"{line} ; {marker}" if marker else line


def _metadata(tree: Tree, distribution: Distribution) -> bytes:
    """Read again: a plain capture has no use for it, and should not have to carry it."""
    directory = distribution.metadata_directory
    is_dist_info = directory.endswith(".dist-info")
    if not is_dist_info and tree.is_file(directory):
        path = directory  # an *.egg-info can be the file itself
    else:
        path = distribution.metadata_file("METADATA" if is_dist_info else "PKG-INFO")
    return read_optional(tree, path).content or b""


def _headers(metadata: bytes) -> bytes:
    """The headers, each at the beginning of a line; the description behind them may say anything."""
    return (b"\n" + metadata.replace(b"\r\n", b"\n")).partition(b"\n\n")[0]


def _kept(texts: Iterable[str]) -> Iterator[str]:
    for count, text in enumerate(texts):
        if count == MAX_REQUIREMENTS:
            return
        if kept := shown_text(without_credentials(text), _MAX_CHARACTERS):
            yield kept
