"""The spool holds a layer to its digest and to measure."""

import gzip
import io
import os

import pytest

from samestack.errors import InputError, OutsideError
from samestack.oci.digests import digest_of
from samestack.oci.layers import spool as spools
from samestack.oci.layers.spool import Spool

DATA = b"archive" * 500


def test_layers_stand_behind_each_other() -> None:
    spool = Spool()
    for data in (DATA, b"", b"second"):
        stream = gzip.compress(data)
        start, end = spool.add(io.BytesIO(stream), size=len(stream), diff_id=digest_of(data), where="layer")
        assert spool.file.read_at(start, end - start) == data
    assert spool.file.size == len(DATA) + 6


def test_an_archive_of_another_digest() -> None:
    with pytest.raises(InputError, match=r"layer: sha256:.*: its archive is not what"):
        Spool().add(io.BytesIO(DATA), size=len(DATA), diff_id=digest_of(b"other"), where="layer")


def test_a_layer_that_grows_beyond_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spools, "FREE_BYTES", 1 << 20)
    bomb = gzip.compress(bytes(64 << 20))
    spool = Spool()
    with pytest.raises(InputError, match="larger than"):
        spool.add(io.BytesIO(bomb), size=len(bomb), diff_id=digest_of(b""), where="layer")
    assert spool.file.size < 40 << 20


def test_layers_that_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spools, "MAX_IMAGE_BYTES", len(DATA) + 5)
    spool = Spool()
    spool.add(io.BytesIO(DATA), size=len(DATA), diff_id=digest_of(DATA), where="layer")
    with pytest.raises(InputError, match="larger than 5 bytes"):
        spool.add(io.BytesIO(b"sixsix"), size=6, diff_id=digest_of(b"sixsix"), where="layer")


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OutsideError, match="No space left"):
        Spool().add(io.BytesIO(DATA), size=len(DATA), diff_id=digest_of(DATA), where="layer")
