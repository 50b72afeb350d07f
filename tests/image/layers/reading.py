"""Layers written and read again, by Python's own gzip and tarfile."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterable

from samestack.image.layers.entry import LayerEntry, WrittenLayer
from samestack.image.layers.writing import write_layer

MOMENT = 1_700_000_000


def written(entries: Iterable[LayerEntry], *, moment: int = MOMENT) -> tuple[WrittenLayer, bytes]:
    """What a layer became, and its bytes; its digests and its size have been checked."""
    out = io.BytesIO()
    layer = write_layer(entries, out, moment=moment)
    data = out.getvalue()
    assert layer.size == len(data)
    assert layer.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert layer.diff_id == f"sha256:{hashlib.sha256(gzip.decompress(data)).hexdigest()}"
    return layer, data


def members(data: bytes) -> dict[str, tarfile.TarInfo]:
    """The members of a layer by path."""
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(data))) as archive:
        return {member.name: member for member in archive}


def contents(data: bytes) -> dict[str, bytes]:
    """The content of the files of a layer by path."""
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(data))) as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isreg()}
        return {name: file.read() for name, file in files.items() if file is not None}
