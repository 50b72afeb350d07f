"""The cache of layers: whole or not there, and never in the way."""

import os
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from samestack.errors import InputError, OutsideError
from samestack.image.building.content_store import ContentStore
from samestack.image.building.layer_cache import LayerCache
from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import LayerEntry, WrittenLayer
from samestack.image.layers.writing import write_layer


def cache_in(directory: Path) -> LayerCache:
    return LayerCache({"SAMESTACK_CACHE": str(directory)})


def layer(out: BinaryIO) -> WrittenLayer:
    return write_layer([LayerEntry(path="a", content=PlainContent(b"content"))], out, moment=0)


def interrupted(out: BinaryIO) -> WrittenLayer:
    layer(out)
    raise KeyboardInterrupt


def blobs(directory: Path) -> list[Path]:
    return sorted((directory / "image-layers").iterdir())


def test_what_was_written_is_found(tmp_path: Path) -> None:
    written = cache_in(tmp_path).keep("key", layer)
    assert cache_in(tmp_path).find("key") == written
    assert cache_in(tmp_path).find("other") is None
    with cache_in(tmp_path).open(written) as stream:
        assert len(stream.read()) == written.size


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        cache_in(tmp_path).keep("key", interrupted)
    assert blobs(tmp_path) == []
    assert cache_in(tmp_path).find("key") is None


def test_half_a_blob_is_none(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    written = cache.keep("key", layer)
    os.truncate(cache.path(written), written.size - 1)
    assert cache.find("key") is None


def test_an_altered_blob_is_refused_and_removed(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    written = cache.keep("key", layer)
    path = cache.path(written)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    with pytest.raises(InputError, match="not what its digest says"), cache.open(written) as stream:
        stream.read()
    assert cache.find("key") is None


def test_a_blob_that_is_gone(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    written = cache.keep("key", layer)
    cache.path(written).unlink()
    with pytest.raises(OutsideError):
        cache.open(written)


def test_builds_at_the_same_time(tmp_path: Path) -> None:
    found: list[WrittenLayer] = []
    threads = [
        threading.Thread(target=lambda: found.append(cache_in(tmp_path).keep("key", layer))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(str, found))) == len(blobs(tmp_path)) == 1


def test_without_a_cache_everything_is_temporary() -> None:
    with LayerCache({"SAMESTACK_CACHE": ""}) as cache:
        written = cache.keep("key", layer)
        path = cache.path(written)
        assert path.is_file()
        assert cache.find("key") is None
    assert not path.parent.exists()


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    store = ContentStore("things", {"SAMESTACK_CACHE": str(tmp_path)})
    for age, name in enumerate(("new", "old", "oldest")):
        with store.aside() as file:
            file.write(bytes(100))
            os.utime(store.keep(file, name), (0, 10_000 - age))
    store.prune(limit=200)
    assert sorted(path.name for path in store.directory.iterdir()) == ["new", "old"]
    assert store.find("old") is not None
    store.prune(limit=0)
    assert [path.name for path in store.directory.iterdir()] == ["old"], "what is in use stays"
