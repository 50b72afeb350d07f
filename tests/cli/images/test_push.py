"""The action push, on a registry in memory; real ones are asked in ``tests/services``."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.cli.images import push
from samestack.errors import RequestError
from samestack.oci.documents import Descriptor
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.oci.platform import ARM64
from tests.oci.registry.memory_registry import MemoryRegistry, serving
from tests.oci.registry.opaque_images import OpaqueImage, blob, opaque_image, opaque_index

IMAGE = opaque_index(opaque_image(b"a" * 2000), opaque_image(b"b", platform=ARM64))


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own credentials are used."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path / "nobody"))


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with serving(MemoryRegistry()) as found:
        yield found


@pytest.fixture
def layout(tmp_path: Path) -> str:
    write(IMAGE, tmp_path / "build")
    return f"oci:{tmp_path / 'build'}"


def write(image: OpaqueImage, directory: Path) -> None:
    import io

    with writing_layout(directory) as there:
        for data in image.blobs.values():
            there.add(Blob(descriptor=blob(data), open=lambda data=data: io.BytesIO(data)))  # type: ignore[misc]
        for digest, (kind, data) in image.documents.items():
            there.add_document(data, Descriptor(media_type=kind, digest=digest, size=len(data)))
        there.name(image.descriptor, "1.0")


def run_action(*words: str) -> int:
    parser = argparse.ArgumentParser()
    push.add_arguments(parser)
    return push.run(parser.parse_args(words))


def test_what_was_moved_is_told(
    registry: MemoryRegistry, layout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"{registry.host}/team/agent:1.0"
    assert run_action(layout, f"registry:{name}") == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert (first, second) == (name, IMAGE.descriptor.digest)
    assert third == f"4 blobs ({sum(map(len, IMAGE.blobs.values())) / 1000:.1f} kB) moved"
    assert registry.tags == {"1.0": IMAGE.descriptor.digest}
    assert run_action(layout, f"registry:{name}") == 0
    assert capsys.readouterr().out.splitlines()[2].endswith("there already")


def test_programs_are_told_in_json(
    registry: MemoryRegistry, layout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (f"registry:{registry.host}/team/agent:arm", "--platform", "linux/arm64", "--format", "json")
    assert run_action(layout, *words) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "samestack/image-push/1"
    assert document["digest"] == registry.tags["arm"]
    assert document["moved"]["blobs"] == 2
    assert document["found"] == {"blobs": 0, "bytes": 0}


def test_an_image_goes_from_registry_to_registry(registry: MemoryRegistry, layout: str) -> None:
    run_action(layout, f"registry:{registry.host}/team/agent:1.0")
    with serving(MemoryRegistry()) as other:
        source = f"registry:{registry.host}/team/agent@{IMAGE.descriptor.digest}"
        assert run_action(source, f"registry:{other.host}/live/agent:1.0") == 0
        assert other.tags == registry.tags
        assert other.blobs == registry.blobs


@pytest.mark.parametrize(
    ("destination", "why"),
    [
        ("registry.example.com/team/agent:1.0", "no place in a registry"),
        ("oci:build:1.0", "no place in a registry"),
        ("registry:registry.example.com/team/agent", "names no tag"),
        ("registry:registry.example.com/team/agent@sha256:" + "0" * 64, "the digest that it has"),
        ("registry:agent:1.0", "does not begin with the host"),
    ],
)
def test_a_place_that_is_none_is_refused_before_anything_is_read(destination: str, why: str) -> None:
    with pytest.raises(RequestError, match=why) as caught:
        run_action("oci:nowhere", destination)
    assert caught.value.hint
