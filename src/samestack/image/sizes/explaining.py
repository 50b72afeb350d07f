"""An image weighed: its layers read once, and every file in them told whose it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from samestack.image.building.parts import KIND
from samestack.image.sizes.duplicates import duplicates
from samestack.image.sizes.owners import owners_of
from samestack.image.sizes.package_labels import packages_of
from samestack.image.sizes.sizes import Hidden, LayerSize, Owner, Share, Sizes
from samestack.image.sizes.waste import wasted
from samestack.image.sizes.weighed import WeighedFile
from samestack.oci.layers.merged import MergedFiles, merged
from samestack.oci.layers.merged_file import FileKind
from samestack.oci.places import Image
from samestack.progress import SILENT, Reporter

_OURS: Final = "samestack image build: "
"""How the history of our own layers begins."""


def explain(image: Image, reporter: Reporter = SILENT) -> Sizes:
    """What an image weighs; :class:`~samestack.errors.InputError` for layers that cannot be read."""
    with merged(image, reporter) as files:
        return weigh(image, files)


def weigh(image: Image, files: MergedFiles) -> Sizes:
    """The same of an image whose layers were read."""
    seen = tuple(_weighed(files))
    hidden = tuple(sorted(_hidden(files), key=lambda one: (-one.unpacked, one.path)))
    return Sizes(
        shown=image.shown,
        platform=str(image.platform),
        layers=layer_sizes(image, seen, hidden),
        shares=tuple(_shares(files, seen)),
        hidden=hidden,
        duplicates=duplicates(seen, files.digest_of),
        waste=wasted(seen),
    )


def layer_sizes(
    image: Image, seen: Sequence[WeighedFile] = (), hidden: Sequence[Hidden] = ()
) -> tuple[LayerSize, ...]:
    """The layers with what is in them; without any files, what the manifest alone tells."""
    visible = _by_layer((one.layer, one.size) for one in seen)
    covered = _by_layer((one.layer, one.unpacked) for one in hidden)
    return tuple(
        LayerSize(
            number=number,
            digest=layer.digest,
            kind=layer.annotations.get(KIND, ""),
            title=title,
            moved=layer.size,
            unpacked=sum(visible[number]) + sum(covered[number]),
            hidden=sum(covered[number]),
            files=len(visible[number]) + len(covered[number]),
        )
        for number, (layer, title) in enumerate(zip(image.manifest.layers, _titles(image), strict=True), 1)
    )


def _by_layer(files: Iterable[tuple[int, int]]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for layer, size in files:
        found[layer].append(size)
    return found


def _weighed(files: MergedFiles) -> Iterator[WeighedFile]:
    """Regular files, each once however many names it has."""
    for path, file in files.files.items():
        if file.kind is FileKind.FILE and not file.target:
            yield WeighedFile(path, file.size, file.layer + 1)


def _hidden(files: MergedFiles) -> Iterator[Hidden]:
    for one in files.hidden:
        yield Hidden(path=one.path, unpacked=one.size, layer=one.layer + 1, by=one.hidden_by + 1)


def _shares(files: MergedFiles, seen: Iterable[WeighedFile]) -> Iterator[Share]:
    owner = owners_of(files)
    found: dict[tuple[int, Owner], list[int]] = {}
    for one in seen:
        found.setdefault((one.layer, owner(one.path)), []).append(one.size)
    for (layer, whose), sizes in sorted(found.items()):
        yield Share(owner=whose, layer=layer, unpacked=sum(sizes), files=len(sizes))


def _titles(image: Image) -> Iterator[str]:
    """What each layer is: the packages that samestack says, or the command that made it."""
    made = iter([one for one in image.config.history if not one.empty_layer])
    for layer in image.manifest.layers:
        history = next(made, None)
        packages = ", ".join(f"{name}=={version}" for name, version in packages_of(layer))
        said = (history.created_by or history.comment) if history else ""
        yield packages or said.removeprefix(_OURS)
