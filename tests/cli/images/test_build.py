"""``samestack image build``: what people ask for, and what they are told."""

import contextlib
import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.images.actions import run_action, started
from tests.image.building.test_build import example, image_at


def test_a_layout_and_what_is_said_of_it(tmp_path: Path) -> None:
    made, place = example(tmp_path), f"oci:{tmp_path / 'layout'}"
    status, output, messages = run_action("build", str(made), "-o", place, "--base", "scratch")
    assert (status, messages) == (0, "")
    digest = image_at(tmp_path / "layout").descriptor.digest
    assert digest in output
    assert "alpha 1" in output
    assert "written" in output


def test_json_for_programs(tmp_path: Path) -> None:
    made, place = example(tmp_path), f"oci:{tmp_path / 'layout'}:v1"
    words = ("build", str(made), "-o", place, "--base", "scratch", "--format", "json")
    _, output, _ = run_action(*words, "--platform", "linux/amd64", "--platform", "linux/arm64")
    document = json.loads(output)
    assert document["schema"] == "samestack/image-build/1"
    assert [one["platform"] for one in document["images"]] == ["linux/amd64", "linux/arm64"]
    kinds = [layer["kind"] for layer in document["images"][0]["layers"]]
    assert kinds == ["venv", "wheel", "wheel", "application"]


def test_secrets_that_were_left_out_are_named(tmp_path: Path) -> None:
    made = example(tmp_path)
    (made / ".env").write_text("TOKEN=hidden")
    _, _, messages = run_action("build", str(made), "-o", f"oci:{tmp_path / 'layout'}", "--base", "scratch")
    assert "left out, since they are named as secrets are: .env" in messages
    assert "hidden" not in messages


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "image"), "'image' is no place for an image"),
        (("-o", "oci:x", "--platform", "linux"), "'linux' is no platform"),
        (("-o", "oci:x", "--base", "scratch", "--platform", "linux/s390x"), "no lock can be made for"),
        (("-o", "oci:x", "--base", "nothing-there"), "no such layout or archive"),
        (("-o", "oci:x", "--lock", "missing.toml"), "no such file"),
    ],
)
def test_what_cannot_be(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    status, output, messages = run_action("build", str(example(tmp_path)), *words)
    assert (status, output) == (2, "")
    assert said in messages
    assert "hint: None" not in messages


def test_a_project_without_a_lock(tmp_path: Path) -> None:
    status, _, messages = run_action("build", str(tmp_path), "-o", "oci:x")
    assert status == 2
    assert "samestack lock" in messages


def test_a_lock_that_is_behind_can_be_refused(tmp_path: Path) -> None:
    made = example(tmp_path)
    manifest = made / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("[]", '["gamma"]'))
    words = ("build", str(made), "-o", f"oci:{tmp_path / 'layout'}", "--base", "scratch", "--locked")
    status, _, messages = run_action(*words)
    assert status == 2
    assert "is behind the project" in messages
    assert not (tmp_path / "layout").exists()


def test_killed_at_any_time_it_leaves_what_was_there(tmp_path: Path) -> None:
    """Nothing catches this signal: what is written aside stays, and is in nobody's way."""
    made, place = example(tmp_path), tmp_path / "layout"
    words = ("build", str(made), "-o", f"oci:{place}", "--base", "scratch")
    run_action(*words)
    before = image_at(place).descriptor
    (made / "main.py").write_text("print('changed')\n")
    process = started(*words)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=0.4)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    image = image_at(place)
    for layer in image.manifest.layers:
        with image.source.blob(layer) as blob:
            assert len(blob.read()) == layer.size
    run_action(*words)
    assert image_at(place).descriptor != before
