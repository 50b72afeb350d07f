"""A directory of manifests: whole, and without what an earlier rendering left."""

from pathlib import Path

import pytest

from samestack.deploy.rendering.kubernetes.files import file_texts, write_directory
from samestack.deploy.rendering.kubernetes.manifests import manifests
from samestack.errors import OutsideError
from tests.deploy.deployments import deployed, variants


def write(directory: Path, variant: str) -> set[str]:
    write_directory(file_texts(manifests(variants()[variant])), directory)
    return {file.name for file in directory.iterdir()}


def test_what_is_no_longer_wanted_goes_and_what_others_wrote_stays(tmp_path: Path) -> None:
    directory = tmp_path / "deploy/production"
    assert {"networkpolicy.yaml", "service.yaml"} <= write(directory, "closed")
    (directory / "patch.yaml").write_text("of somebody else\n")
    (directory / "horizontalpodautoscaler.yaml").write_text("of somebody else, too\n")
    names = write(directory, "usual")
    assert "networkpolicy.yaml" not in names
    assert {"patch.yaml", "horizontalpodautoscaler.yaml", "service.yaml", "kustomization.yaml"} <= names


def test_a_place_that_is_no_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutsideError, match="cannot be written"):
        write_directory(file_texts(manifests(deployed())), tmp_path / "file")
