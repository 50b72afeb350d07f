"""What a model file says of the libraries that it was written with and is to be read by.

Nothing is loaded: pickles are read as lists of instructions, archives by their directory, ONNX by its fields.
"""

import importlib
import zipfile
from typing import IO, BinaryIO, Final

import msgspec
from msgspec import Struct

from samestack.capture.probes.models.onnx_text import read_onnx
from samestack.capture.probes.models.pickle_text import (
    PickleText,
    estimator_versions,
    named_classes,
    read_pickle,
)
from samestack.capture.probes.text import shown_text
from samestack.model import Value

MAX_UNPACKED_BYTES: Final = 256 * 1024 * 1024
"""How much of a compressed pickle, or of a pickle that estimators are looked for in, is read."""

_MAX_PICKLE_BYTES: Final = 64 * 1024 * 1024
_MAX_MEMBERS: Final = 200_000
_MAX_TEXT_BYTES: Final = 64 * 1024
_COMPRESSIONS: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "lzma"),
    (b"\x5d\0\0", "lzma"),
    (b"x\x01", "zlib"),
    (b"x^", "zlib"),
    (b"x\x9c", "zlib"),
    (b"x\xda", "zlib"),
)
"""How a file begins that joblib compressed, and the module that undoes it."""
_ZIP: Final = b"PK\x03\x04"
_PICKLE_SUFFIXES: Final = frozenset({".pkl", ".pickle", ".joblib", ".pt", ".pth", ".bin", ".ckpt", ".sav"})


class _KerasMetadata(Struct):
    keras_version: str = ""


def model_facts(file: BinaryIO, suffix: str) -> dict[str, Value]:
    """The facts of a file by its content; nothing for one that is not understood.

    ``pickled``: classes and functions that loading would import. ``pickle_protocol``: a number.
    ``written_with``: libraries and their versions (``scikit-learn 1.0.2``). ``archive``: torch or keras.
    ``operator_sets`` (``ai.onnx 17``), ``ir_version``, ``producer``: of an ONNX model.
    """
    start = file.read(8)
    file.seek(0)
    if start.startswith(_ZIP):
        return _of_archive(file)
    if suffix == ".onnx":
        return _of_onnx(file)
    unpacked = _unpacked(file, start)
    if unpacked is not None or start[:1] == b"\x80" or suffix in _PICKLE_SUFFIXES:
        return _of_pickle(unpacked or file)
    return {}


def _of_archive(file: BinaryIO) -> dict[str, Value]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.namelist()[:_MAX_MEMBERS]
            if "metadata.json" in members and "config.json" in members:
                return {"archive": "keras"} | _of_keras(archive)
            state = next((one for one in members if one == "data.pkl" or one.endswith("/data.pkl")), None)
            if state is None:
                return {}
            with archive.open(state) as opened:
                return {"archive": "torch"} | _facts(_read_limited(opened))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return {}  # damaged, encrypted, or packed in a way that nothing here unpacks


def _read_limited(opened: IO[bytes]) -> PickleText:
    import io

    return read_pickle(io.BytesIO(opened.read(_MAX_PICKLE_BYTES)))


def _of_keras(archive: zipfile.ZipFile) -> dict[str, Value]:
    with archive.open("metadata.json") as opened:
        text = opened.read(_MAX_TEXT_BYTES)
    try:
        version = msgspec.json.decode(text, type=_KerasMetadata).keras_version
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return {"written_with": (f"keras {shown_text(version, 32)}",)} if version else {}


def _of_onnx(file: BinaryIO) -> dict[str, Value]:
    text = read_onnx(file)
    if text is None:
        return {}
    sets = tuple(f"{shown_text(domain, 64) or 'ai.onnx'} {version}" for domain, version in text.operator_sets)
    facts: dict[str, Value] = {"operator_sets": sets, "ir_version": text.ir_version}
    return facts | ({"producer": shown_text(text.producer)} if text.producer else {})


def _of_pickle(file: BinaryIO) -> dict[str, Value]:
    text = read_pickle(file)
    file.seek(0)
    content = file.read(MAX_UNPACKED_BYTES)
    facts = _facts(text)
    if not text.is_whole and (names := named_classes(content[:_MAX_PICKLE_BYTES])):
        facts["pickled"] = tuple(sorted({*text.classes, *names}))
    if written := tuple(f"scikit-learn {version}" for version in estimator_versions(content)):
        facts["written_with"] = written
    return facts


def _facts(text: PickleText) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    if text.classes:
        facts["pickled"] = text.classes
    if text.protocol:
        facts["pickle_protocol"] = text.protocol
    return facts


def _unpacked(file: BinaryIO, start: bytes) -> BinaryIO | None:
    """The content of a compressed pickle, as joblib writes them, up to a limit; ``None`` for other files."""
    module = next((name for mark, name in _COMPRESSIONS if start.startswith(mark)), None)
    if module is None:
        return None
    import io
    import lzma
    import zlib

    try:
        content = _decompressed(file, module)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        content = b""
    file.seek(0)
    return io.BytesIO(content)


def _decompressed(file: BinaryIO, module: str) -> bytes:
    if module == "zlib":
        import zlib

        return zlib.decompressobj().decompress(file.read(MAX_UNPACKED_BYTES), MAX_UNPACKED_BYTES)
    with importlib.import_module(module).open(file) as opened:
        content: bytes = opened.read(MAX_UNPACKED_BYTES)
        return content
