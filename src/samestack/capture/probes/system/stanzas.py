"""Databases of stanzas: ``Name: value`` lines, with an empty line after each thing, as dpkg and apk write."""

from collections.abc import Iterator, Sequence


def read_stanzas(text: str, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Of each stanza the values of the named fields, in that order; empty where a field is missing.

    Only the fields asked for are looked at: a status file of 700 packages has a hundred times as many.
    """
    marks = [(f"\n{name}:", len(name) + 2) for name in names]
    for stanza in text.split("\n\n"):
        values = _values(f"\n{stanza}\n", marks)
        if any(values):
            yield values


def _values(stanza: str, marks: list[tuple[str, int]]) -> tuple[str, ...]:
    starts = [(stanza.find(mark), length) for mark, length in marks]
    return tuple(
        stanza[start + length : stanza.index("\n", start + length)].strip() if start >= 0 else ""
        for start, length in starts
    )
