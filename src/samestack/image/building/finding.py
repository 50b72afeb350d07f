"""Layers are found before they are written: at the destination, in the cache; or else they are made."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Final

from msgspec import Struct, structs

from samestack.image.building.layer_cache import LayerCache
from samestack.image.building.parts import DIFF_ID, Part, Ready, ready
from samestack.image.building.previous import Previous
from samestack.image.layers.entry import WrittenLayer
from samestack.oci.documents import LAYER_GZIP, Descriptor
from samestack.oci.places import Blob
from samestack.progress import Reporter

_AT_ONCE: Final = 2
"""Layers that are written at the same time: each keeps a processor busy."""


class Layers(Struct, frozen=True, kw_only=True):
    """Where layers may be found, the nearest last."""

    cache: LayerCache
    previous: tuple[Previous, ...] = ()

    def find(self, part: Part) -> Ready | None:
        """The layer of a part, if somebody has it."""
        for one in self.previous:
            found = one.ready(part)
            if found is not None:
                return found
        written = self.cache.find(part.key)
        return None if written is None else self._ready(part, written)

    def write(self, part: Part) -> Ready:
        """The layer of a part, written now."""
        written = self.cache.keep(part.key, part.write)
        return self._ready(part, written, is_new=True)

    def _ready(self, part: Part, written: WrittenLayer, *, is_new: bool = False) -> Ready:
        annotations = {**part.annotations, DIFF_ID: written.diff_id}
        descriptor = Descriptor(
            media_type=LAYER_GZIP, digest=written.digest, size=written.size, annotations=annotations
        )
        blob = Blob(descriptor=descriptor, open=lambda: self.cache.open(written, is_new=is_new))
        return structs.replace(ready(part, blob, written.diff_id), is_new=is_new)


def made_ready(
    parts: Iterable[Part | Ready],
    layers: Layers,
    prepare: Callable[[Iterable[Part]], None],
    reporter: Reporter,
) -> Iterator[tuple[int, Ready]]:
    """Each layer with its place, as soon as it is there: first those that are found, then those written.

    ``prepare`` is told which have to be written, before the first of them is: what takes long to come can
    come while others are written.
    """
    absent: dict[int, Part] = {}
    for place, part in enumerate(parts):
        found = part if isinstance(part, Ready) else layers.find(part)
        if found is None:
            assert isinstance(part, Part)  # noqa: S101 - what is ready was found
            absent[place] = part
        else:
            yield place, found
    if absent:
        prepare(absent.values())
        yield from _written(absent, layers, reporter)


def _written(absent: dict[int, Part], layers: Layers, reporter: Reporter) -> Iterator[tuple[int, Ready]]:
    reporter.started("writing layers", len(absent))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        futures: dict[Future[Ready], int] = {
            threads.submit(layers.write, part): place for place, part in absent.items()
        }
        try:
            for future in as_completed(futures):
                layer = future.result()
                reporter.advanced(f"{layer.title}, {layer.blob.descriptor.size / 1e6:.1f} MB")
                yield futures[future], layer
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    reporter.finished()
