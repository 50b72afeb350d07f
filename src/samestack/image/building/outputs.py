"""Where an image goes to: ``oci:DIR[:TAG]``, a ``.tar``, ``registry:HOST/NAME[:TAG]``."""

from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from samestack.errors import RequestError
from samestack.oci.image_name import ImageName
from samestack.oci.places import Destination


class Output(Struct, frozen=True, kw_only=True):
    """A place for images, not opened yet."""

    shown: str
    """As the user named it."""
    kind: str
    """``oci``, ``archive`` or ``registry``."""
    path: Path = Path()
    name: ImageName | None = None
    """In a registry."""
    tag: str = "latest"
    is_insecure: bool = False
    """Whether a registry may be spoken with without encryption."""


def output_of(text: str, *, title: str = "", is_insecure: bool = False) -> Output:
    """What ``-o`` names; ``title`` names the image in an archive. :class:`RequestError` for anything else."""
    kind, _, rest = text.partition(":")
    if kind == "registry" and rest:
        return _registry(text, rest, is_insecure=is_insecure)
    if kind == "oci" and rest:
        path, tag = _with_tag(rest)
        return Output(shown=text, kind="oci", path=Path(path), tag=tag or "latest")
    if text.endswith(".tar"):
        return Output(shown=text, kind="archive", path=Path(text), tag=f"{title or 'image'}:latest")
    hint = "write oci:DIR[:TAG], FILE.tar or registry:HOST/NAME:TAG"
    raise RequestError(f"'{text}' is no place for an image", hint=hint)


def opened(output: Output) -> AbstractContextManager[Destination]:
    """The place, opened for one image."""
    if output.kind == "oci":
        from samestack.oci.layout.writing import writing_layout

        return writing_layout(output.path)
    if output.kind == "archive":
        from samestack.oci.archive.destination import archive_destination

        return archive_destination(output.path)
    from samestack.oci.registry.opening import opened_destination

    assert output.name is not None  # noqa: S101 - a registry's output has one
    return opened_destination(output.name, is_insecure=output.is_insecure)


def _registry(text: str, rest: str, *, is_insecure: bool) -> Output:
    name = ImageName.parse(rest)
    if name.digest:
        raise RequestError(f"'{text}' names what is there already", hint="name a tag")
    tag = name.tag or "latest"
    return Output(shown=text, kind="registry", name=name, tag=tag, is_insecure=is_insecure)


def _with_tag(text: str) -> tuple[str, str]:
    """A directory and the tag after its last colon, which no directory's name follows."""
    path, colon, tag = text.rpartition(":")
    return (path, tag) if colon and "/" not in tag else (text, "")
