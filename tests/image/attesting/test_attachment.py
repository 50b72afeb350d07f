"""A document that is attached refers to its image, is found again, and is attached once."""

import json
from pathlib import Path

from samestack.image.attesting.attachment import BILL, PREDICATE_TYPE, STATEMENT, Attachment, artifact, attach
from samestack.image.attesting.attestation import State
from samestack.oci.documents import EMPTY, Manifest, document_bytes, read_document
from samestack.oci.layout.writing import writing_layout
from tests.image.attesting.images import built

DOCUMENT = Attachment(kind=BILL, data=b'{"bomFormat": "CycloneDX"}')


def test_it_is_found_by_the_digest_of_its_image(tmp_path: Path) -> None:
    image = built(tmp_path)
    with writing_layout(tmp_path) as destination:
        done = attach(DOCUMENT, image.descriptor, destination)
    (found,) = image.source.referrers(image.descriptor.digest)
    assert (found.digest, found.artifact_type, done.state) == (done.digest, BILL, State.ATTACHED)
    manifest = read_document(image.source.document(found), Manifest, where="it")
    assert image.source.blob(manifest.layers[0]).read() == DOCUMENT.data
    assert image.source.blob(manifest.config).read() == b"{}"


def test_the_manifest_is_as_the_specification_has_artifacts(tmp_path: Path) -> None:
    image = built(tmp_path)
    document = json.loads(document_bytes(artifact(DOCUMENT, image.descriptor)))
    assert document["config"]["mediaType"] == EMPTY
    assert document["artifactType"] == document["layers"][0]["mediaType"] == BILL
    assert document["subject"] == {
        "mediaType": image.descriptor.media_type,
        "digest": image.descriptor.digest,
        "size": image.descriptor.size,
    }


def test_the_same_document_is_attached_once(tmp_path: Path) -> None:
    image = built(tmp_path)
    states = []
    for _ in range(2):
        with writing_layout(tmp_path) as destination:
            states.append(attach(DOCUMENT, image.descriptor, destination).state)
    assert states == [State.ATTACHED, State.PRESENT]
    assert len(image.source.referrers(image.descriptor.digest)) == 1


def test_the_image_stays_what_its_tag_means(tmp_path: Path) -> None:
    image = built(tmp_path)
    with writing_layout(tmp_path) as destination:
        attach(DOCUMENT, image.descriptor, destination)
    assert image.source.described("1").digest == image.descriptor.digest
    assert image.source.described("").digest == image.descriptor.digest


def test_a_listing_tells_what_a_statement_is_about(tmp_path: Path) -> None:
    image = built(tmp_path)
    attachment = Attachment(kind=STATEMENT, data=b"{}", annotations={PREDICATE_TYPE: "https://example.com/p"})
    with writing_layout(tmp_path) as destination:
        assert attach(attachment, image.descriptor, destination).predicate_type == "https://example.com/p"
    (found,) = image.source.referrers(image.descriptor.digest)
    assert found.annotations[PREDICATE_TYPE] == "https://example.com/p"


def test_layers_are_read_nowhere(tmp_path: Path) -> None:
    image = built(tmp_path)
    for layer in image.manifest.layers:
        (tmp_path / "blobs/sha256" / layer.digest[7:]).unlink()
    with writing_layout(tmp_path) as destination:
        attach(DOCUMENT, image.descriptor, destination)
