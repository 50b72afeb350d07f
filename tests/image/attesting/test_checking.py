"""What is attached is held against the image: whatever it says otherwise is named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.errors import InputError
from samestack.image.attesting.attachment import BILL, SIGNED, STATEMENT, Attachment, artifact, attach
from samestack.image.attesting.attestation import Attestation, State
from samestack.image.attesting.attesting import Author, Wanted, attested, verified
from samestack.image.attesting.builder import Builder
from samestack.image.attesting.provenance import provenance_of
from samestack.image.attesting.statement import BILL_TYPE, PROVENANCE_TYPE, statement_bytes
from samestack.image.attesting.verdicts import Expectation
from samestack.oci.documents import MANIFEST, described, document_bytes
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Image
from tests.image.attesting.images import PACKAGING, built, foreign, layer, written

BUILDER = Builder(identifier="https://ci.example.com/builders/1")
Component = dict[str, Any]


def bill(*components: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components})


def package(name: str, version: str, sha256: str = "") -> Component:
    hashes = [{"alg": "SHA-256", "content": sha256}] if sha256 else []
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": hashes,
    }


EXPECTED = bill(package("packaging", "24.1", PACKAGING), package("click", "8.1.7"))


def judged(image: Image, kind: str, data: bytes, expected: bytes = EXPECTED) -> Attestation:
    """What comes of attaching one document and checking it."""
    with writing_layout(Path(image.source.shown())) as destination:
        attach(Attachment(kind=kind, data=data), image.descriptor, destination)
    found = verified(Expectation(image=image, bill=expected), Wanted(bill=False, provenance=False))
    (one,) = found.attestations
    assert found.holds == (one.state is not State.FAILS)
    return one


def test_what_was_attached_holds(tmp_path: Path) -> None:
    image = built(tmp_path)
    with writing_layout(tmp_path) as destination:
        done = attested(image, EXPECTED, Wanted(), Author(builder=BUILDER), destination)
    assert [one.state for one in done.attestations] == [State.ATTACHED, State.ATTACHED]
    found = verified(Expectation(image=image, bill=EXPECTED), Wanted())
    assert found.holds
    assert {(one.kind, one.predicate_type, one.state) for one in found.attestations} == {
        (BILL, "", State.HOLDS),
        (STATEMENT, PROVENANCE_TYPE, State.HOLDS),
    }


def test_what_should_be_there_and_is_not(tmp_path: Path) -> None:
    image = built(tmp_path)
    found = verified(Expectation(image=image, bill=EXPECTED), Wanted())
    assert not found.holds
    assert found.missing == (
        "no bill of materials that holds is attached",
        "no provenance that holds is attached",
    )
    judged(image, BILL, EXPECTED)
    missing = verified(Expectation(image=image, bill=EXPECTED), Wanted(signatures=True)).missing
    assert missing[0] == "no signed bill of materials that holds is attached"


@pytest.mark.parametrize(
    ("components", "reason"),
    [
        ([package("packaging", "24.1", PACKAGING)], "click 8.1.7 is in the image and not in the bill"),
        (
            [package("packaging", "24.1", PACKAGING), package("click", "8.1.7"), package("evil", "1.0")],
            "evil 1.0 is in the bill and not in the image",
        ),
        (
            [package("packaging", "24.1", "0" * 64), package("click", "8.1.7")],
            "packaging 24.1 is of another file than the bill says",
        ),
    ],
)
def test_a_bill_that_lists_something_else(tmp_path: Path, components: list[Component], reason: str) -> None:
    one = judged(built(tmp_path), BILL, bill(*components))
    assert (one.state, one.reasons) == (State.FAILS, (reason,))


def test_a_bill_without_hashes_is_another_tools_and_holds(tmp_path: Path) -> None:
    one = judged(built(tmp_path), BILL, bill(package("packaging", "24.1"), package("click", "8.1.7")))
    assert one.state is State.HOLDS


def test_of_many_differences_some_are_shown(tmp_path: Path) -> None:
    many = (package(f"p{number}", "1") for number in range(50))
    one = judged(built(tmp_path), BILL, bill(*many))
    assert len(one.reasons) == 21
    assert one.reasons[-1] == "and 32 more"


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"bomFormat": "SPDX"}'])
def test_what_is_no_bill(tmp_path: Path, data: bytes) -> None:
    one = judged(built(tmp_path), BILL, data)
    assert one.state is State.FAILS
    assert one.reasons[0].startswith("the attached bill: ")
    assert str(tmp_path) not in one.reasons[0]


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"_type": "https://example.com"}'])
def test_what_is_no_statement(tmp_path: Path, data: bytes) -> None:
    one = judged(built(tmp_path), STATEMENT, data)
    assert one.state is State.FAILS
    assert "none of in-toto's" in one.reasons[0]


def altered(image: Image, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The image's provenance, with something changed."""
    data = statement_bytes(image, PROVENANCE_TYPE, provenance_of(image, BUILDER))
    document: dict[str, Any] = msgspec.json.decode(data)
    change(document)
    return msgspec.json.encode(document)


def test_a_statement_about_another_image(tmp_path: Path) -> None:
    image = built(tmp_path)
    other = altered(image, lambda one: one["subject"][0]["digest"].update(sha256="0" * 64))
    one = judged(image, STATEMENT, other)
    assert (one.state, one.reasons) == (State.FAILS, ("it speaks of another image",))


def test_provenance_that_says_otherwise_than_the_image(tmp_path: Path) -> None:
    image = built(tmp_path)
    lying = altered(image, lambda one: one["predicate"]["buildDefinition"]["resolvedDependencies"].pop())
    one = judged(image, STATEMENT, lying)
    assert one.state is State.FAILS
    assert one.reasons == ("its resolvedDependencies is not what the image says of itself",)


def test_provenance_of_another_tool_is_not_checked(tmp_path: Path) -> None:
    image = built(tmp_path)
    other = altered(
        image, lambda one: one["predicate"]["buildDefinition"].update(buildType="https://example.com")
    )
    assert judged(image, STATEMENT, other).state is State.UNCHECKED


@pytest.mark.parametrize("predicate", [None, [], "text", {"buildDefinition": 3}, {}])
def test_provenance_without_a_shape_is_not_checked(tmp_path: Path, predicate: object) -> None:
    image = built(tmp_path)
    other = altered(image, lambda one: one.update(predicate=predicate))
    assert judged(image, STATEMENT, other).state is State.UNCHECKED


def test_provenance_of_ours_for_an_image_that_is_not(tmp_path: Path) -> None:
    image = foreign(tmp_path)
    one = judged(image, STATEMENT, altered(image, lambda one: one))
    assert one.state is State.FAILS
    assert one.reasons == ("it says that samestack built the image, and the image does not",)


def test_a_bill_in_a_statement_is_checked_as_a_bill(tmp_path: Path) -> None:
    image = built(tmp_path)
    said = statement_bytes(image, BILL_TYPE, msgspec.json.decode(bill(package("packaging", "24.1"))))
    one = judged(image, STATEMENT, said)
    assert one.predicate_type == BILL_TYPE
    assert one.reasons == ("click 8.1.7 is in the image and not in the bill",)


def test_what_samestack_does_not_know_fails_nothing(tmp_path: Path) -> None:
    image = built(tmp_path)
    assert judged(image, "application/example", b"anything").state is State.UNCHECKED


def test_a_signature_is_checked_only_against_somebody(tmp_path: Path) -> None:
    image = built(tmp_path)
    one = judged(image, SIGNED, b"{}")
    assert one.state is State.UNCHECKED
    assert "--signer" in one.reasons[0]


def test_what_a_signature_opens_is_checked_too(tmp_path: Path) -> None:
    image = built(tmp_path)
    judged(image, SIGNED, b"sealed")
    true = statement_bytes(image, PROVENANCE_TYPE, provenance_of(image, BUILDER))

    def verdict(inner: Callable[[bytes], bytes]) -> Attestation:
        expected = Expectation(image=image, bill=EXPECTED, opened=inner, signer="ops@example.com")
        return verified(expected, Wanted(bill=False, provenance=False)).attestations[0]

    def refused(_: bytes) -> bytes:
        raise InputError("the attached signature", "it does not hold")

    good = verdict(lambda _: true)
    assert (good.state, good.signer) == (State.HOLDS, "ops@example.com")
    lying = verdict(lambda _: altered(image, lambda one: one["subject"][0]["digest"].clear()))
    assert (lying.state, lying.signer) == (State.FAILS, "")
    assert verdict(refused).reasons == ("the attached signature: it does not hold",)


def test_what_is_listed_for_an_image_and_is_about_another(tmp_path: Path) -> None:
    image = built(tmp_path / "one")
    other = built(tmp_path / "two", lock=b"another lock")
    stray = artifact(Attachment(kind=BILL, data=EXPECTED), other.descriptor)
    descriptor = described(stray, MANIFEST, artifact_type=BILL)
    with writing_layout(tmp_path / "one") as destination:
        destination.add_document(document_bytes(stray), descriptor)
    (lie,) = image.source.referrers(other.descriptor.digest)

    class Lying:
        """A source that lists one image's document for another."""

        def __getattr__(self, name: str) -> Any:
            return getattr(image.source, name)

        def referrers(self, _: str) -> tuple[Any, ...]:
            return (lie,)

    lied_to = msgspec.structs.replace(image, source=Lying())
    (one,) = verified(Expectation(image=lied_to, bill=EXPECTED), Wanted()).attestations
    assert one.state is State.FAILS
    assert "it is listed for this image, and is about another" in one.reasons[0]


def test_a_document_whose_content_was_exchanged(tmp_path: Path) -> None:
    image = built(tmp_path)
    judged(image, BILL, EXPECTED)
    (listed,) = image.source.referrers(image.descriptor.digest)
    blob = msgspec.json.decode(image.source.document(listed))["layers"][0]["digest"][7:]
    (tmp_path / "blobs/sha256" / blob).write_bytes(EXPECTED.replace(b"24.1", b"24.2"))
    (one,) = verified(Expectation(image=image, bill=EXPECTED), Wanted()).attestations
    assert one.state is State.FAILS
    assert "its content is not what its digest says" in one.reasons[0]


def test_an_image_without_layers_of_ours_is_anothers(tmp_path: Path) -> None:
    image = written(tmp_path, [(layer({"a": "b"}), {"dev.samestack.layer.kind": "base"})], {})
    assert judged(image, STATEMENT, altered(image, lambda one: one)).state is State.FAILS
