"""Relaxations made in the files: planned as new texts, then written, with comments and order as they were."""

import codecs
import stat
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from packaging.requirements import Requirement

from samestack.capture.documents import read_bytes
from samestack.errors import InputError, RequestError
from samestack.files import write_file
from samestack.sha256 import sha256_hex
from samestack.solve.explanation import Edit
from samestack.solve.written.requirement_text import REQUIREMENTS
from samestack.solve.written.span import Language, Span, place_key, spliced
from samestack.solve.written.toml_text import TOML
from samestack.solve.written.yaml_text import YAML

_BY_HAND: Final = "edit it by hand"
_POETRY: Final = "tool.poetry."


class FileChange(Struct, frozen=True, kw_only=True):
    """A file as it is and as it is to be; the two are equal where it says already what it should."""

    file: str
    before: str
    after: str
    mark: bytes = b""
    """What stands before the text: a byte order mark, on some systems."""


def planned(edits: Sequence[Edit], digests: Mapping[str, str]) -> tuple[FileChange, ...]:
    """What the edits make of the files; nothing is written.

    ``digests`` are those of the files when their wishes were read. :class:`RequestError` for a wish that
    stands in no file, and for a file that has changed since.
    """
    for edit in edits:
        _check_is_in_a_file(edit)
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_file[edit.wish.file].append(edit)
    return tuple(_file_change(file, of_file, digests.get(file, "")) for file, of_file in by_file.items())


def apply(changes: Iterable[FileChange]) -> None:
    """Write the files that change; each appears whole or not at all."""
    for change in changes:
        if change.after != change.before:
            path = Path(change.file).resolve()  # a link stays one
            mode = path.stat().st_mode
            write_file(change.mark + change.after.encode(), path)
            path.chmod(stat.S_IMODE(mode))


def language_of(file: str) -> Language:
    """The language of a file of wishes, by its name."""
    if file.endswith(".toml"):
        return TOML
    return YAML if file.endswith((".yml", ".yaml")) else REQUIREMENTS


def _check_is_in_a_file(edit: Edit) -> None:
    wish = edit.wish
    if wish.is_fixed:
        raise RequestError(f"'{wish.text}' is installed, not written anywhere: no edit changes it")
    if not wish.file:
        said = f"write '{edit.replacement}' instead" if edit.replacement else "leave it out"
        raise RequestError(f"'{wish.text}' stands on the command line, not in a file", hint=f"there, {said}")


def _file_change(file: str, edits: Sequence[Edit], digest: str) -> FileChange:
    data = read_bytes(Path(file))
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        before = data.removeprefix(mark).decode()
    except UnicodeDecodeError:
        raise InputError(file, "not UTF-8 text, so it is not edited", hint="save it as UTF-8") from None
    language = language_of(file)
    pieces = [(edit, _span(edit, before, language)) for edit in edits]
    if sha256_hex(data) != digest and not all(_is_made(edit, span) for edit, span in pieces):
        raise RequestError(f"{file} has changed since it was read", hint="run the command again")
    after = before
    # From the end, so that what is taken out moves nothing that is still to be found.
    for edit, span in sorted(pieces, key=lambda piece: piece[1].start, reverse=True):
        if not _is_made(edit, span):
            after = _edited(after, edit, span, language)
    return FileChange(file=file, before=before, after=after, mark=mark)


def _span(edit: Edit, text: str, language: Language) -> Span:
    file, place = edit.wish.file, _place(edit)
    try:
        found = [span for span in language.spans(text) if place_key(span.place) == place_key(place)]
    except (ValueError, RecursionError) as error:
        raise InputError(file, str(error)) from None
    if not found:
        raise InputError(file, "nothing that can be edited stands there", place=place, hint=_BY_HAND)
    return found[0]


def _place(edit: Edit) -> str:
    return edit.wish.place or f"line {edit.wish.line}"


def _value(edit: Edit) -> str:
    """What is to be written: Poetry names the package in the key, and takes the versions in this form too."""
    if not edit.wish.place.startswith(_POETRY):
        return edit.replacement
    return str(Requirement(edit.replacement).specifier) or "*"


def _is_made(edit: Edit, span: Span) -> bool:
    return bool(edit.replacement) and span.value == _value(edit)


def _edited(text: str, edit: Edit, span: Span, language: Language) -> str:
    if span.is_hashed:
        hint = "relax what the file was made from, and make it again"
        raise InputError(edit.wish.file, "hashes of files stand there", place=_place(edit), hint=hint)
    found = _without(text, span, language) if not edit.replacement else _with(text, edit, span, language)
    if found is None:
        what = f"write '{_value(edit)}'" if edit.replacement else "take it out"
        raise InputError(
            edit.wish.file,
            "it cannot be edited without disturbing what stands around it",
            place=_place(edit),
            hint=f"{what} by hand",
        )
    return found


def _with(text: str, edit: Edit, span: Span, language: Language) -> str | None:
    """The text with another value, written in the first way that is read back as that and nothing else."""
    value = _value(edit)
    expected = [(one.place, value if one.start == span.start else one.value) for one in language.spans(text)]
    for literal in language.literals(text[span.start : span.end], value):
        edited = spliced(text, [(span.start, span.end, literal)])
        if _read_back(edited, language) == expected:
            return edited
    return None


def _without(text: str, span: Span, language: Language) -> str | None:
    extent = language.extent(text, span)
    if extent is None:
        return None
    expected = [one.value for one in language.spans(text) if one.start != span.start]
    edited = spliced(text, [(*extent, "")])
    found = _read_back(edited, language)
    # An empty list of YAML is read as an empty scalar.
    kept = [value for _, value in found or () if value] if found is not None else None
    return edited if kept == [value for value in expected if value] else None


def _read_back(text: str, language: Language) -> list[tuple[str, str]] | None:
    try:
        return [(span.place, span.value) for span in language.spans(text)]
    except ValueError:
        return None
