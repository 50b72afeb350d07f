"""A deployment history: JSON lines of which each holds the hash of the line before."""

import hashlib
import re
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from samestack.deploy.entry import DEPLOYED, Entry, Outcome
from samestack.errors import InputError, OutsideError, RequestError

DIRECTORY: Final = "deployments"
"""Where histories stand in a project."""
MAX_BYTES: Final = 64 * 1024 * 1024
"""A larger history is refused unread. A year of ten promotions a day is about 5 MB."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", re.ASCII)


class Line(NamedTuple):
    """An entry, and the hash of the line that it stands in."""

    entry: Entry
    digest: str


class History(NamedTuple):
    """What a file says, whole and unaltered."""

    file: str
    lines: tuple[Line, ...] = ()
    whole_bytes: int = 0
    """Where the next line begins."""
    is_torn: bool = False
    """Whether the file ends in a part of a line, which a crash left. It counts for nothing."""
    lacks_line_end: bool = False
    """Whether only the end of the last line is missing: that line counts."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, oldest first."""
        return tuple(line.entry for line in self.lines)

    @property
    def head(self) -> str:
        """The hash that the next line has to hold; empty for a history without lines."""
        return self.lines[-1].digest if self.lines else ""

    @property
    def unfinished(self) -> Entry | None:
        """The intent that has no outcome, if the last one has none."""
        last = self.lines[-1].entry if self.lines else None
        return last if last is not None and last.outcome is Outcome.INTENDED else None

    @property
    def deployed(self) -> tuple[Entry, ...]:
        """The promotions after which the environment was meant to run their digest, oldest first."""
        return tuple(entry for entry in self.entries if entry.outcome in DEPLOYED)

    @property
    def current(self) -> Entry | None:
        """The promotion whose digest the environment is meant to run now."""
        return self.deployed[-1] if self.deployed else None

    @property
    def last_applied(self) -> Entry | None:
        """The last promotion that samestack itself saw running."""
        applied = [entry for entry in self.entries if entry.outcome is Outcome.APPLIED]
        return applied[-1] if applied else None

    def brought_since(self, start: Entry | None) -> tuple[Entry, ...]:
        """An entry for each of the manifests that may have reached the cluster since ``start``, with it.

        ``None`` is before all. What failed may have left objects, too.
        """
        entries = self.entries
        first = 0 if start is None else entries.index(start)
        by_manifests = {entry.manifests: entry for entry in entries[first:] if entry.applies}
        return tuple(by_manifests.values())

    def knows(self, promotion: str) -> bool:
        """Whether a promotion is in it, by its number."""
        return any(entry.promotion == promotion for entry in self.entries)


def history_path(project: Path, environment: str) -> Path:
    """Where an environment's history stands; :class:`RequestError` for a name that cannot be a file's."""
    if not _NAME.fullmatch(environment):
        hint = "letters, digits, '.', '_' and '-', at most 63"
        raise RequestError(f"'{environment[:80]}' cannot be the name of an environment", hint=hint)
    return project / DIRECTORY / f"{environment}.jsonl"


def history_names(project: Path) -> list[str]:
    """The environments that have a history, by name."""
    files = (project / DIRECTORY).glob("*.jsonl")
    return sorted(file.stem for file in files if _NAME.fullmatch(file.stem))


def read_history(project: Path, environment: str) -> History:
    """The history of an environment, empty where there is none.

    :class:`InputError` names the line where the file is malformed, or is not what was written.
    """
    path = history_path(project, environment)
    return parsed_history(_read(path), environment, str(path))


def parsed_history(data: bytes, environment: str, file: str) -> History:
    """The history that the bytes of a file are; :class:`InputError` as :func:`read_history` has it."""
    whole, _, rest = data.rpartition(b"\n")
    texts = whole.split(b"\n") if whole or len(data) > len(rest) else []
    lines: list[Line] = []
    for number, text in enumerate(texts, start=1):
        lines.append(_line(text, lines, environment, file, number))
    last = _last(rest, lines, environment, file)
    return History(
        file=file,
        lines=(*lines, last) if last else tuple(lines),
        whole_bytes=len(data) if last else len(data) - len(rest),
        is_torn=bool(rest) and last is None,
        lacks_line_end=last is not None,
    )


def line_digest(text: bytes) -> str:
    """The hash of a line; how its end is written makes no difference, since git may change that."""
    plain = text.removesuffix(b"\r")
    return f"sha256:{hashlib.sha256(plain).hexdigest()}"


def _last(rest: bytes, lines: list[Line], environment: str, file: str) -> Line | None:
    """What stands after the last line's end: a whole line that only lacks its own end, or nothing."""
    try:
        return _line(rest, lines, environment, file, len(lines) + 1) if rest else None
    except InputError:
        return None


def _line(text: bytes, before: list[Line], environment: str, file: str, number: int) -> Line:
    place = f"line {number}"
    try:
        entry = msgspec.json.decode(text, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = f"take it back as it was: git log -p {file}"
        raise InputError(file, f"not an entry of a history: {error}", place=place, hint=hint) from None
    if entry.chain != (before[-1].digest if before else ""):
        hint = f"see what became of it: git log -p {file}"
        message = "the chain is broken: a line before this one was altered, added or taken away"
        raise InputError(file, message, place=place, hint=hint)
    _check_order(entry, before[-1].entry if before else None, environment, file, place)
    return Line(entry, line_digest(text))


def _check_order(entry: Entry, before: Entry | None, environment: str, file: str, place: str) -> None:
    """An intent follows an outcome, and an outcome its own intent."""
    if entry.environment != environment:
        raise InputError(file, f"an entry of '{entry.environment}'", place=place)
    begun = before.promotion if before is not None and before.outcome is Outcome.INTENDED else None
    is_right = begun is None if entry.outcome is Outcome.INTENDED else begun == entry.promotion
    if not is_right:
        message = "its promotion was not begun in the line before, or that one has no outcome"
        raise InputError(file, message, place=place, hint=f"see: git log -p {file}")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise InputError(str(path), f"larger than the limit of {MAX_BYTES:,} bytes")
    return data
