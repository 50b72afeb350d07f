"""Images of the tests written down as layouts, by hand."""

from pathlib import Path

from samestack.oci.documents import Index, document_bytes
from samestack.oci.places import Image


def write_layout(image: Image, directory: Path) -> None:
    """The image as the only one of a layout."""
    blobs = directory / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    manifest = document_bytes(image.manifest)
    data = {image.descriptor.digest: manifest}
    for one in (image.manifest.config, *image.manifest.layers):
        with image.source.blob(one) as stream:
            data[one.digest] = stream.read()
    for digest, content in data.items():
        (blobs / digest.removeprefix("sha256:")).write_bytes(content)
    index = Index(schema_version=2, manifests=(image.descriptor,))
    (directory / "index.json").write_bytes(document_bytes(index))
    (directory / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
