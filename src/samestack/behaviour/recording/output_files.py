"""What a program wrote, as files or to its standard output, becomes the fields of its answer."""

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from samestack.behaviour.recording.arrays import array_from, plain_array
from samestack.behaviour.recording.fields import WHOLE, fields_of
from samestack.behaviour.recording.pictures import picture_from
from samestack.behaviour.recording.recording import Answer, Array, Value
from samestack.behaviour.recording.text_answers import json_lines, json_tree, table, tree_of_text
from samestack.errors import OutsideError
from samestack.libraries import library
from samestack.sha256 import sha256_hex

MAX_FILE_BYTES: Final = 512 * 1024 * 1024
MAX_BYTES: Final = 2 * 1024 * 1024 * 1024
MAX_FILES: Final = 10_000


def answer_of(printed: Path, directory: Path) -> Answer:
    """The fields of what was printed and of every file in the directory of outputs.

    A file's fields stand below its name without the suffix, or with it where that name is taken.
    :class:`OutsideError` for a file that is not what its name says, or larger than is kept.
    """
    fields: dict[str, Value] = {}
    text = _text(_data(printed, "standard output"), "standard output")
    if text.strip():
        fields.update(fields_of(tree_of_text(text)))
    for name in _names(directory):
        told = _fields(name, _data(directory / name, name))
        short = str(Path(name).with_suffix("")).replace("/", ".")
        placed = next(
            (one for one in (_placed(told, short), _placed(told, name)) if _is_free(one, fields)), None
        )
        if placed is None:
            raise OutsideError(f"the output {name} has the name of another one")
        fields.update(placed)
    return fields


def _names(directory: Path) -> list[str]:
    """The files in a directory and below, in order. Links are not followed."""
    names, size = [], 0
    for place, directories, files in os.walk(directory):
        directories.sort()
        for file in files:
            path = Path(place, file)
            if path.is_symlink() or not path.is_file():
                raise OutsideError(f"the output {path.relative_to(directory)} is no regular file")
            names.append(str(path.relative_to(directory)))
            size += path.stat().st_size
            if len(names) > MAX_FILES or size > MAX_BYTES:
                raise OutsideError(f"more was written than {MAX_FILES} files or {MAX_BYTES >> 30} GiB")
    return sorted(names)


def _data(path: Path, name: str) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise OutsideError(f"the output {name} is larger than {MAX_FILE_BYTES >> 20} MiB")
    return data


def _is_free(placed: Answer, fields: Answer) -> bool:
    return fields.keys().isdisjoint(placed)


def _placed(told: Answer, stem: str) -> Answer:
    """The fields of a file below its name."""
    return {stem if path == WHOLE else _joined(stem, path): value for path, value in told.items()}


def _joined(stem: str, path: str) -> str:
    if path.startswith(f"{WHOLE}["):
        return stem + path[len(WHOLE) :]
    return stem + path if path.startswith("[") else f"{stem}.{path}"


def _fields(name: str, data: bytes) -> Answer:
    read = _READERS.get(Path(name).suffix.lower())
    if read is None:
        return {WHOLE: f"sha256:{sha256_hex(data)}"}
    try:
        return fields_of(read(data, name))
    except ValueError as error:
        raise OutsideError(f"the output {name} cannot be read: {error}") from None


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        hint = "write what is no text into a file in $SAMESTACK_OUTPUT"
        raise OutsideError(f"{name} is not UTF-8 text (byte {error.start})", hint=hint) from None


def _lines(data: bytes, name: str) -> Any:  # noqa: ANN401
    text = _text(data, name)
    several = json_lines(text)
    if several is None:
        return [json_tree(text, name)] if text.strip() else []
    return several


def _table(data: bytes, name: str) -> Any:  # noqa: ANN401
    text = _text(data, name)
    columns = table(text)
    return text if columns is None else columns


def _arrays(data: bytes, name: str) -> dict[str, Any]:
    """The arrays of a ``.npz``, an archive of them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_BYTES:
                raise OutsideError(f"the output {name} holds more than {MAX_BYTES >> 30} GiB")
            return {
                one.filename.removesuffix(".npy"): _array(archive.read(one), one.filename) for one in members
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise OutsideError(f"the output {name} cannot be read: {error}") from None


def _array(data: bytes, _name: str) -> Any:  # noqa: ANN401
    array = array_from(data)
    if array.dtype.names:
        return {name: plain_array(array[name], "keeping arrays") for name in array.dtype.names}
    return plain_array(array, "keeping arrays")


def _parquet(data: bytes, name: str) -> dict[str, Any]:
    """The columns of a Parquet file; those of simple types as arrays, others as lists."""
    parquet = library("pyarrow.parquet", "reading Parquet files", extra="parquet")
    arrow = library("pyarrow", "reading Parquet files", extra="parquet")
    try:
        read = parquet.read_table(BytesIO(data))
    except arrow.ArrowException as error:
        raise OutsideError(f"the output {name} is not Parquet: {str(error).splitlines()[0]}") from None
    return dict(_columns(read))


def _columns(read: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    for name, column in zip(read.column_names, read.columns, strict=True):
        numbers: Array | None = None if column.null_count else column.to_numpy()
        if numbers is not None and numbers.dtype.kind in "biuf":
            yield name, plain_array(numbers, "keeping arrays")
        else:
            yield name, [_simple(item) for item in column.to_pylist()]


def _simple(item: Any) -> Any:  # noqa: ANN401
    if item is None or isinstance(item, bool | int | float | str):
        return item
    if isinstance(item, list):
        return [_simple(one) for one in item]
    if isinstance(item, dict):
        return {key: _simple(one) for key, one in item.items()}
    return item.hex() if isinstance(item, bytes) else str(item)


_READERS: Final[Mapping[str, Callable[[bytes, str], Any]]] = {
    ".json": lambda data, name: json_tree(_text(data, name), name),
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".csv": _table,
    ".tsv": _table,
    ".txt": _text,
    ".npy": _array,
    ".npz": _arrays,
    ".parquet": _parquet,
    ".png": lambda data, _name: picture_from(data),
    ".jpg": lambda data, _name: picture_from(data),
    ".jpeg": lambda data, _name: picture_from(data),
}
