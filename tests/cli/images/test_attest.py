"""``image attest`` on a layout: attach, attach again, check, and check what was altered since."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from samestack.image.attesting.attachment import BILL, STATEMENT
from samestack.image.attesting.statement import PROVENANCE_TYPE
from samestack.oci.documents import Manifest, read_document
from samestack.oci.places import Image
from tests.cli.images.actions import run_action
from tests.image.attesting.images import CREATED, PACKAGING, PLUS, built, foreign
from tests.image.attesting.test_agreement import TEXT


@pytest.fixture
def image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Image:
    """An image of ours in the layout ``image`` beside its lock, which is the current directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMESTACK_CACHE", "")
    (tmp_path / "pylock.toml").write_text(TEXT)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "helpdesk"\nversion = "1"\n')
    return built(tmp_path / "image", lock=TEXT.encode())


def documents(image: Image) -> Mapping[str, Any]:
    """What is attached, by kind."""
    found = {}
    for one in image.source.referrers(image.descriptor.digest):
        manifest = read_document(image.source.document(one), Manifest, where="it")
        found[one.artifact_type] = json.loads(image.source.blob(manifest.layers[0]).read())
    return found


def attested(*words: str) -> dict[str, Any]:
    status, output, messages = run_action("attest", "oci:image", "--format=json", *words)
    assert messages == ""
    document: dict[str, Any] = json.loads(output)
    assert document["holds"] == (status == 0)
    return document


def test_both_are_attached_and_hold(image: Image) -> None:
    (found,) = attested()["images"]
    assert [one["state"] for one in found["attestations"]] == ["attached", "attached"]
    assert documents(image).keys() == {BILL, STATEMENT}
    (checked,) = attested("--verify", "--sbom", "--provenance")["images"]
    assert [one["state"] for one in checked["attestations"]] == ["holds", "holds"]


def test_the_bill_is_valid_and_lists_the_whole_image(image: Image) -> None:
    attested("--sbom")
    bill = documents(image)[BILL]
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    described = bill["metadata"]["component"]
    assert (described["type"], described["name"]) == ("container", "helpdesk")
    assert described["version"] == image.descriptor.digest
    assert bill["metadata"]["timestamp"].startswith(CREATED.removesuffix("Z"))
    listed = {one["purl"].partition("?")[0]: one for one in bill["components"] if "purl" in one}
    assert listed.keys() >= {
        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u9",
        "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1",
        "pkg:pypi/packaging@24.1",
        "pkg:pypi/torch@2.3.0%2Bcpu",
    }
    for name, sha256 in (("packaging@24.1", PACKAGING), ("torch@2.3.0%2Bcpu", PLUS)):
        assert listed[f"pkg:pypi/{name}"]["hashes"] == [{"alg": "SHA-256", "content": sha256}]


def test_the_same_again_is_the_same(image: Image) -> None:
    attested()
    (found,) = attested()["images"]
    assert [one["state"] for one in found["attestations"]] == ["present", "present"]
    assert len(image.source.referrers(image.descriptor.digest)) == 2


def test_the_builder_is_said(image: Image) -> None:
    attested("--provenance", "--builder=https://ci.example.com/b")
    details = documents(image)[STATEMENT]["predicate"]["runDetails"]
    assert details["builder"]["id"] == "https://ci.example.com/b"


def test_what_is_not_attached_is_missing(image: Image) -> None:
    attested("--sbom")
    found = attested("--verify", "--provenance")
    assert not found["holds"]
    assert found["images"][0]["missing"] == ["no provenance that holds is attached"]
    assert attested("--verify")["holds"]


def test_people_are_told(image: Image) -> None:
    status, output, _ = run_action("attest", "oci:image")
    assert status == 0
    assert output.splitlines()[0].startswith("linux/amd64  sha256:")
    assert [line.split("  ")[1:3] for line in output.splitlines()[1:]] == [
        ["bill of materials", "attached"],
        ["provenance", "attached"],
    ]
    status, output, _ = run_action("attest", "oci:image", "--verify", "--sign")
    assert status == 1
    assert "- no signed provenance that holds is attached" in output


def test_of_a_foreign_image_the_bill_alone(image: Image, tmp_path: Path) -> None:
    other = foreign(tmp_path / "other")
    status, _, messages = run_action("attest", "oci:other")
    assert status == 2
    assert "samestack did not build it" in messages
    assert documents(other) == {}
    assert run_action("attest", "oci:other", "--sbom")[0] == 0
    assert documents(other).keys() == {BILL}


def test_another_lock_than_the_image_names(image: Image, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(TEXT + "# other\n")
    status, _, messages = run_action("attest", "oci:image", "--lock=other.toml")
    assert (status, documents(image)) == (2, {})
    assert "it was built from another lock than other.toml" in messages


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("oci:none",), "no such layout or archive"),
        (("oci:image", "--signer=a", "--verify"), "--signer and --issuer go together"),
        (("oci:image", "--signer=a", "--issuer=b"), "--signer says whose signature is checked"),
        (("oci:image", "--builder=me"), "'me' names no builder"),
        (("oci:image", "--lock=none"), "no such file"),
    ],
)
def test_what_cannot_be(image: Image, words: tuple[str, ...], message: str) -> None:
    status, _, messages = run_action("attest", *words)
    assert status == 2
    assert message in messages
    assert documents(image) == {}


def test_wheels_are_those_of_the_layers(image: Image) -> None:
    attested("--provenance")
    inputs = documents(image)[STATEMENT]["predicate"]["buildDefinition"]["resolvedDependencies"]
    named = {f"{one['name']} {one['digest'].get('sha256')}" for one in inputs}
    assert {f"packaging {PACKAGING}", f"torch {PLUS}"} <= named
    assert documents(image)[STATEMENT]["predicateType"] == PROVENANCE_TYPE
