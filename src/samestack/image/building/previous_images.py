"""The images whose layers may be taken over: the one that is replaced, and one that is named."""

from collections.abc import Iterator

from samestack.image.building.outputs import Output
from samestack.image.building.previous import Previous, previous
from samestack.image.building.request import BuildRequest
from samestack.oci.layout.files import DirectoryFiles, is_layout
from samestack.oci.layout.source import LayoutSource
from samestack.oci.platform import Platform


def previous_images(request: BuildRequest, platform: Platform, output: Output) -> tuple[Previous, ...]:
    """Those that are there, the one to be replaced first."""
    if not request.from_previous:
        return ()
    return tuple(_found(request, platform, output))


def _found(request: BuildRequest, platform: Platform, output: Output) -> Iterator[Previous]:
    replaced = _replaced(platform, output)
    if replaced is not None:
        yield replaced
    if request.previous:
        from samestack.oci.opening import located

        source, version = located(request.previous)
        found = previous(source, version, platform)
        if found is not None:
            yield found


def _replaced(platform: Platform, output: Output) -> Previous | None:
    if output.kind == "oci" and is_layout(output.path):
        return previous(LayoutSource(DirectoryFiles(output.path)), output.tag, platform)
    if output.kind != "registry" or output.name is None:
        return None
    from samestack.oci.registry.opening import registry_source

    return previous(registry_source(output.name, is_insecure=output.is_insecure), output.tag, platform)
