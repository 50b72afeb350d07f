"""The cache of Hugging Face's libraries: ``models--OWNER--NAME/{blobs,refs,snapshots}``."""

from pathlib import Path

import pytest

from samestack.capture.probes.models.model_cache import cache_directory, read_model_cache
from samestack.capture.tree import MachineTree
from samestack.model import Ecosystem, Layer

ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40


def revision(cache: Path, repository: str, commit: str, *references: str) -> None:
    """A revision as the libraries lay it out: files are links to blobs, references name commits."""
    blob = cache / repository / "blobs/abc"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_text("weights")
    snapshot = cache / repository / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (snapshot / "model.safetensors").symlink_to("../../blobs/abc")
    for reference in references:
        path = cache / repository / "refs" / reference
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(commit)


def read(cache: Path) -> list[tuple[str, str, str | None]]:
    components = read_model_cache(MachineTree(), str(cache)).components
    assert {(one.layer, one.ecosystem) for one in components} <= {(Layer.MODELS, Ecosystem.HUGGING_FACE)}
    return [(one.name, one.at, one.version) for one in components]


def test_one_revision(tmp_path: Path) -> None:
    revision(tmp_path, "models--google--vit-base-patch16-224", ONE, "main")
    assert read(tmp_path) == [("google/vit-base-patch16-224", "", ONE)]


def test_a_model_without_owner_and_a_revision_asked_for_by_its_commit(tmp_path: Path) -> None:
    revision(tmp_path, "models--bert-base-uncased", ONE)
    assert read(tmp_path) == [("bert-base-uncased", "", ONE)]


def test_several_revisions_are_told_apart(tmp_path: Path) -> None:
    revision(tmp_path, "models--org--name", ONE, "main", "v2")
    revision(tmp_path, "models--org--name", TWO, "refs/pr/1")
    revision(tmp_path, "models--org--name", THREE)
    assert read(tmp_path) == [
        ("org/name", "", ONE),
        ("org/name", "refs/pr/1", TWO),
        ("org/name", THREE, THREE),
    ]
    first = read_model_cache(MachineTree(), str(tmp_path)).components[0]
    assert first.circumstances == {"references": ("main", "v2")}


def test_what_is_no_model_is_passed_over(tmp_path: Path) -> None:
    revision(tmp_path, "datasets--org--name", ONE, "main")
    revision(tmp_path, "models--org--name", ONE, "main")
    (tmp_path / "models--org--name/snapshots/not-a-commit").mkdir()
    (tmp_path / "models--evil\x1bname").mkdir()
    (tmp_path / "version.txt").write_text("1")
    assert read(tmp_path) == [("org/name", "", ONE)]


def test_a_reference_to_what_is_not_there_is_no_revision(tmp_path: Path) -> None:
    (tmp_path / "models--org--name/refs").mkdir(parents=True)
    (tmp_path / "models--org--name/refs/main").write_text(ONE)
    assert read(tmp_path) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    revision(outside, "models--org--name", TWO, "main")
    cache = tmp_path / "cache"
    revision(cache, "models--org--name", ONE)
    (cache / "models--org--name/snapshots" / TWO).symlink_to(outside / "models--org--name/snapshots" / TWO)
    (cache / "models--org--name/refs").symlink_to(outside / "models--org--name/refs")
    assert read(cache) == [("org/name", "", ONE)]


def test_no_cache(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing") == []


@pytest.mark.parametrize(
    ("environment", "directory"),
    [
        ({"HOME": "/home/ada"}, "/home/ada/.cache/huggingface/hub"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/cache"}, "/cache/huggingface/hub"),
        ({"HOME": "/home/ada", "HF_HOME": "~/models"}, "/home/ada/models/hub"),
        ({"HF_HOME": "/models", "HUGGINGFACE_HUB_CACHE": "/older"}, "/older"),
        ({"HUGGINGFACE_HUB_CACHE": "/older", "HF_HUB_CACHE": "/newer"}, "/newer"),
        ({}, ""),
    ],
)
def test_where_the_cache_is(environment: dict[str, str], directory: str) -> None:
    assert cache_directory(environment) == directory
