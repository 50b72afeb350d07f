"""A scanner of images, syft, sees in an image of ours what samestack sees: packages by name and version."""

import json
import sys
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.cli.main import main
from samestack.model import Ecosystem, Kind, Reference, normalized_python_name
from samestack.process import run
from tests.services.test_image_build import Shop

pytestmark = pytest.mark.service


def test_it_sees_what_we_see(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = "==3.11.*"\n'
        'dependencies = ["numpy", "flask"]\n\n[tool.samestack]\npython = "3.11"\nplatforms = ["linux-64"]\n'
    )
    assert main(["lock", str(tmp_path)]) == 0
    place = tmp_path / "image"
    Shop(tmp_path, tmp_path / "cache").build(f"oci:{place}", "debian:bookworm")
    told = run((Path(sys.executable).with_name("syft"), "--quiet", "--output=json", f"oci-dir:{place}"))
    seen = {_named(one) for one in json.loads(told.output)["artifacts"]}
    stack = capture(Reference(Kind.OCI, str(place))).stack
    ours = {
        (word, one.name, one.version)
        for word, ecosystem in (("deb", Ecosystem.DEBIAN), ("python", Ecosystem.PYPI))
        for one in stack
        if one.ecosystem is ecosystem
    }
    assert len(ours) > 60
    assert seen == ours


def _named(artifact: dict[str, str]) -> tuple[str, str, str]:
    kind, name, version = artifact["type"], artifact["name"], artifact["version"]
    return kind, normalized_python_name(name) if kind == "python" else name, version
