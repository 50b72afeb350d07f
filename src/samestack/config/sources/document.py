"""A document as a source: TOML, YAML or JSON, whose keys are variables and whose values keep their type."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from samestack.capture.documents import load_json, load_toml
from samestack.config.entry import Entry, Origin
from samestack.config.names import Leaf, leaves
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import InputError
from samestack.outside.local_file import file_revision, read_local

ENDINGS: Final = (".toml", ".yaml", ".yml", ".json")
"""What the name of a document may end in."""
MAX_VARIABLES: Final = 10_000
"""The most that a document may have; a few aliases of YAML can stand for billions."""


def document_entries(path: Path, shown: str, rank: Rank, maps: frozenset[str]) -> tuple[Entry, ...]:
    """The variables of a document, in its order; those in ``maps`` keep their map whole.

    ``shown`` names the document in origins and errors; the place in it is the path of keys, with dots.
    :class:`SourceError` where it is not there or may not be read, :class:`InputError` for what is malformed.
    """
    document = _document(path, shown, read_local(path, shown))
    return tuple(_entry(leaf, shown, rank) for leaf in _bounded(leaves(document, shown, maps), shown))


def _document(path: Path, shown: str, text: str) -> Mapping[str, Any]:
    try:
        match path.suffix:
            case ".toml":
                return load_toml(path, dict[str, Any])
            case ".json":
                return load_json(path, dict[str, Any])
            case ".yaml" | ".yml":
                return _yaml(path, text)
    except InputError as error:
        raise _without_values(error, shown) from None
    raise InputError(shown, "no document that samestack reads", hint=f"its name ends in {', '.join(ENDINGS)}")


def _yaml(path: Path, text: str) -> Mapping[str, Any]:
    if all(line.lstrip()[:1] in {"", "#"} or line.strip() in {"---", "..."} for line in text.splitlines()):
        return {}  # to YAML, a file of comments is null
    from samestack.capture.yaml_aliases import load_bounded_yaml

    return load_bounded_yaml(path, dict[str, Any])


def _without_values(error: InputError, shown: str) -> InputError:
    """The error, with the document named as its readers know it."""
    place = error.place
    message = error.message.removeprefix(f"{error.file}: ").removeprefix(f"{place}: ")
    if message.startswith("not YAML"):  # what else PyYAML says may show a value: a tag, a number's digits
        message = "not YAML"
    return InputError(shown, message, place=place, hint=error.hint)


def _bounded(found: Iterator[Leaf], shown: str) -> Iterator[Leaf]:
    for count, leaf in enumerate(found):
        if count == MAX_VARIABLES:
            raise InputError(shown, f"more than {MAX_VARIABLES:,} variables")
        yield leaf


def _entry(leaf: Leaf, shown: str, rank: Rank) -> Entry:
    place = ".".join(leaf.path)
    origin = Origin(source=shown, rank=rank, place=place)
    return Entry(name=leaf.name, value=_as_json(leaf.value, shown, place), origin=origin)


def _as_json(value: object, shown: str, place: str) -> object:
    """A value as JSON has it: dates, which TOML and YAML know, as texts."""
    match value:
        case str() | bool() | int() | float() | None:
            return value
        case date() | time():
            return value.isoformat()
        case list():
            return [_as_json(item, shown, place) for item in value]
        case dict():
            return {_key(key, shown, place): _as_json(item, shown, place) for key, item in value.items()}
        case _:
            raise InputError(shown, "a value of a type that JSON does not have", place=place)


def _key(key: object, shown: str, place: str) -> str:
    if not isinstance(key, str):
        raise InputError(shown, "a key that is not a text", place=place, hint="put quotation marks around it")
    return key


def _read(question: Question) -> tuple[Entry, ...]:
    return document_entries(_path(question), question.locator, Rank.PROFILE, question.maps)


def _revision(question: Question) -> str:
    return file_revision(_path(question), question.locator)


def _path(question: Question) -> Path:
    return question.project / question.locator


KIND: Final = SourceKind(
    name="file",
    rank=Rank.PROFILE,
    summary="A TOML, YAML or JSON document whose nested keys are variables.",
    read=_read,
    revision=_revision,
)
