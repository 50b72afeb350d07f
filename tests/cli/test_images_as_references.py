"""Images where a command line names an environment: shown, compared, and refused in one line."""

import json
from pathlib import Path

import pytest

from samestack.cli.main import main
from tests.oci.small_images import file, small_image, tar, write_layout

SYSTEM = tar(file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n"))
NEWER = tar(file("usr/lib/os-release", "ID=debian\nVERSION_ID=13\n"))


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    write_layout(tmp_path / "layout", small_image(SYSTEM), "1.0")
    return write_layout(tmp_path / "layout", small_image(SYSTEM, NEWER), "2.0")


def test_an_image_is_captured(layout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", f"oci:{layout}:1.0", "--format", "json"]) == 0
    snapshot = json.loads(capsys.readouterr().out)
    assert snapshot["origin"]["reference"] == f"oci:{layout}:1.0"
    assert [(one["name"], one["version"]) for one in snapshot["stack"] if one["name"] == "debian"] == [
        ("debian", "12")
    ]


def test_images_are_compared(layout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", f"oci:{layout}:1.0", f"oci:{layout}:2.0"]) == 1
    assert "debian" in capsys.readouterr().out
    assert main(["diff", f"oci:{layout}:1.0", f"oci:{layout}:1.0"]) == 0


@pytest.mark.parametrize("tag", ["3.0", "1.0x"])
def test_a_tag_that_is_not_there(layout: Path, tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", f"oci:{layout}:{tag}"]) == 2
    said = capsys.readouterr().err
    assert f"there is no image '{tag}'" in said
    assert "there are: 1.0, 2.0" in said
    assert len(said.splitlines()) == 2


def test_a_hostile_layer_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = write_layout(tmp_path / "layout", small_image(tar(file("../../etc/passwd", "x"))))
    assert main(["capture", f"oci:{layout}"]) == 2
    assert "layer 1: '../../etc/passwd': the path '../../etc/passwd' leads out" in capsys.readouterr().err
