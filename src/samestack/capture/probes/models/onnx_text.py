"""What an ONNX model asks of the runtime that loads it: the few fields of its file that say so.

The file is a Protocol Buffers message (``ModelProto`` of onnx.proto). Its outermost fields are stepped over
one by one, the graph, which may have gigabytes, without being read.
"""

from typing import BinaryIO, Final

from msgspec import Struct

_IR_VERSION, _PRODUCER, _PRODUCER_VERSION, _OPERATOR_SETS = 1, 2, 3, 8
_DOMAIN, _VERSION = 1, 2
_VARINT, _FIXED_64, _DELIMITED, _FIXED_32 = 0, 1, 2, 5
_MAX_FIELDS: Final = 10_000
_MAX_TEXT_BYTES: Final = 1024


class OnnxText(Struct, frozen=True, kw_only=True):
    """What the model says of itself."""

    ir_version: int
    """The version of the file format."""
    producer: str = ""
    """What wrote it, with its version: ``pytorch 2.0.1``."""
    operator_sets: tuple[tuple[str, int], ...] = ()
    """The operator sets that it uses: domain, empty for the standard one, and version."""


def read_onnx(file: BinaryIO) -> OnnxText | None:
    """The model's own words; ``None`` for what is no ONNX model."""
    found: dict[int, int | bytes] = {}
    sets: list[tuple[str, int]] = []
    try:
        for number, value in _fields(file):
            if number == _OPERATOR_SETS and isinstance(value, bytes):
                sets.append(_operator_set(value))
            else:
                found.setdefault(number, value)
    except ValueError:
        return None
    version = found.get(_IR_VERSION)
    if not isinstance(version, int) or not sets:
        return None
    producer = " ".join(filter(None, (_text(found.get(one)) for one in (_PRODUCER, _PRODUCER_VERSION))))
    return OnnxText(ir_version=version, producer=producer, operator_sets=tuple(sorted(set(sets))))


def _operator_set(message: bytes) -> tuple[str, int]:
    import io  # a model has one or two of them

    fields = dict(_fields(io.BytesIO(message)))
    version = fields.get(_VERSION, 0)
    return _text(fields.get(_DOMAIN)), version if isinstance(version, int) else 0


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _fields(file: BinaryIO) -> list[tuple[int, int | bytes]]:
    """The outermost fields: their numbers with a number or a short text; long ones are stepped over."""
    size = file.seek(0, 2)
    file.seek(0)
    found: list[tuple[int, int | bytes]] = []
    while file.tell() < size:
        if len(found) >= _MAX_FIELDS:
            raise ValueError
        key = _varint(file)
        found.append((key >> 3, _value(file, key & 7, size)))
    return found


def _value(file: BinaryIO, kind: int, size: int) -> int | bytes:
    if kind == _VARINT:
        return _varint(file)
    if kind in {_FIXED_32, _FIXED_64}:
        return file.read(4 if kind == _FIXED_32 else 8)
    if kind != _DELIMITED:
        raise ValueError
    length = _varint(file)
    if file.tell() + length > size:
        raise ValueError
    if length <= _MAX_TEXT_BYTES:
        return file.read(length)
    file.seek(length, 1)
    return b""


def _varint(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            raise ValueError
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise ValueError
