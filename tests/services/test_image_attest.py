"""Documents attached to an image in a real registry: Debian's lacks the API for referrers, so by the tag."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.oci.copying import copy
from samestack.oci.image_name import ImageName
from samestack.oci.opening import located
from samestack.oci.places import Image
from samestack.oci.registry.opening import opened_destination
from samestack.process import run
from tests.cli.images.actions import run_action
from tests.image.attesting.images import built
from tests.image.attesting.test_agreement import TEXT
from tests.services.registry_server import RegistryServer, registry_server
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

__all__ = ["registry_server"]


@pytest.fixture
def reference(registry_server: RegistryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An image of ours in the registry, and its lock beside us."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMESTACK_CACHE", "")
    (tmp_path / "pylock.toml").write_text(TEXT)
    image = built(tmp_path / "image", lock=TEXT.encode())
    name = ImageName.parse(f"{registry_server.host}/team/{tmp_path.name.lower().replace('_', '-')}:1")
    with opened_destination(name) as destination:
        copy(image.source, "1", destination, "1")
    return f"registry:{name}"


def attested(reference: str, *words: str) -> dict[str, Any]:
    status, output, messages = run_action("attest", reference, "--format=json", *words)
    assert messages == ""
    document: dict[str, Any] = json.loads(output)
    assert document["holds"] == (status == 0)
    return document


def states(document: dict[str, Any]) -> list[str]:
    (image,) = document["images"]
    return [one["state"] for one in image["attestations"]]


def test_attached_found_and_checked(reference: str) -> None:
    assert states(attested(reference)) == ["attached", "attached"]
    assert states(attested(reference, "--verify", "--sbom", "--provenance")) == ["holds", "holds"]
    assert states(attested(reference)) == ["present", "present"]
    assert len(states(attested(reference, "--verify"))) == 2


def test_others_find_it_by_the_tag(reference: str) -> None:
    (image,) = attested(reference)["images"]
    tag = image["digest"].replace(":", "-")
    name = reference.removeprefix("registry:").rpartition(":")[0]
    words = ("inspect", "--tls-verify=false", "--raw", f"docker://{name}:{tag}")
    index = json.loads(run([require_program("skopeo"), *words]).output)
    assert {one["artifactType"] for one in index["manifests"]} == {
        "application/vnd.cyclonedx+json",
        "application/vnd.in-toto+json",
    }
    assert {one["digest"] for one in index["manifests"]} == {one["digest"] for one in image["attestations"]}


def test_they_travel_with_the_image(reference: str, tmp_path: Path) -> None:
    attested(reference)
    from samestack.oci.layout.writing import writing_layout

    source, version = located(reference)
    with writing_layout(tmp_path / "copy") as destination:
        copy(source, version, destination, "1")
    assert states(attested(f"oci:{tmp_path}/copy:1", "--verify", "--sbom", "--provenance")) == [
        "holds",
        "holds",
    ]


def test_the_image_stays_the_same(reference: str) -> None:
    before = described(reference)
    attested(reference)
    assert described(reference) == before


def described(reference: str) -> str:
    source, version = located(reference)
    return source.described(version).digest


def test_an_image_in_an_engine_has_no_place_for_them(tmp_path: Path) -> None:
    archive = tmp_path / "image.tar"
    image: Image = built(tmp_path / "image")
    from samestack.oci.archive.destination import archive_destination

    with archive_destination(archive) as destination:
        copy(image.source, "1", destination, "1")
    status, _, messages = run_action("attest", str(archive), "--sbom")
    assert status == 2
    assert "documents are attached in a registry or a layout" in messages
