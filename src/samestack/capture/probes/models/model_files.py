"""Model files that a project declares, identified by their content."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.models.model_contents import model_facts
from samestack.capture.probes.text import shown_text
from samestack.errors import InputError, RequestError
from samestack.model import Component, Ecosystem, Layer, Remark
from samestack.progress import SILENT, Reporter

_CHUNK: Final = 8 * 1024 * 1024

_FORMATS: Final = {
    ".bin": "pytorch",
    ".ckpt": "checkpoint",
    ".engine": "tensorrt",
    ".gguf": "gguf",
    ".h5": "hdf5",
    ".hdf5": "hdf5",
    ".joblib": "joblib",
    ".keras": "keras",
    ".mlmodel": "coreml",
    ".npy": "numpy",
    ".npz": "numpy",
    ".onnx": "onnx",
    ".pb": "protobuf",
    ".pickle": "pickle",
    ".pkl": "pickle",
    ".plan": "tensorrt",
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".safetensors": "safetensors",
    ".tflite": "tflite",
    ".xml": "openvino",
}


def read_declared_models(
    directory: Path, patterns: Sequence[str], reporter: Reporter = SILENT
) -> Observation:
    """The files inside a project that glob patterns match, as components of layer models.

    A component is named by its path in the project and identified by the SHA-256 of its content, which is
    read in pieces however large. :class:`RequestError` for a pattern that leads out of the project; a remark
    for one that matches nothing and for a link that leads out.
    """
    for pattern in patterns:
        _refuse_outside(pattern)
    matches = {pattern: sorted(_matched(directory, pattern)) for pattern in patterns}
    files = sorted({path for found in matches.values() for path in found})
    inside = [path for path in files if path.resolve().is_relative_to(directory.resolve())]
    remarks = (
        *(_of_nothing(pattern, directory) for pattern, found in matches.items() if not found),
        *(_of_outside(path) for path in files if path not in inside),
    )
    return Observation(tuple(_hashed(directory, inside, reporter)), remarks)


def _refuse_outside(pattern: str) -> None:
    parts = [part for part in pattern.split("/") if part not in {"", "."}]
    if not parts or pattern.startswith("/") or ".." in parts or parts.count("**") > 1:
        raise RequestError(
            f"'{shown_text(pattern)}': a declared model is a path inside the project",
            hint="write it relative to the project's directory, without '..' and with one '**' at most",
        )


def _matched(directory: Path, pattern: str) -> Iterator[Path]:
    try:
        yield from (path for path in directory.glob(pattern) if path.is_file())
    except (ValueError, NotImplementedError, OSError) as error:
        raise RequestError(f"'{shown_text(pattern)}': not a pattern of files: {error}") from None


def _hashed(directory: Path, paths: Sequence[Path], reporter: Reporter) -> Iterator[Component]:
    reporter.started("read model files", sum(path.stat().st_size for path in paths))
    for path in paths:
        yield _component(directory, path, reporter)
    reporter.finished()


def _component(directory: Path, path: Path, reporter: Reporter) -> Component:
    name = shown_text(path.relative_to(directory).as_posix())
    hasher, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                hasher.update(chunk)
                size += len(chunk)
                reporter.advanced(name, len(chunk))
            file.seek(0)
            said = model_facts(file, path.suffix.lower())
    except OSError as error:
        raise InputError(os.fspath(path), f"cannot be read: {error.strerror}") from None
    file_format = _FORMATS.get(path.suffix.lower())
    return Component(
        layer=Layer.MODELS,
        ecosystem=Ecosystem.GENERIC,
        name=name,
        content=f"sha256:{hasher.hexdigest()}",
        facts={"bytes": size, **({"format": file_format} if file_format else {}), **said},
    )


def _of_nothing(pattern: str, directory: Path) -> Remark:
    return Remark(
        code="declared-model-missing",
        layer=Layer.MODELS,
        subject=shown_text(pattern),
        message="no file in the project matches this declared model; fetch it, or correct the pattern",
        place=shown_text(os.fspath(directory), 4096),
    )


def _of_outside(path: Path) -> Remark:
    return Remark(
        code="declared-model-outside",
        layer=Layer.MODELS,
        subject=shown_text(path.name),
        message="this declared model is a link out of the project and was not read; copy the file into it",
        place=shown_text(os.fspath(path), 4096),
    )
