"""What two declarations of one project pin and carry."""

from pathlib import Path

from hypothesis import given

from samestack.capture.entry import capture
from samestack.compare.coverage import Coverage, Renaming, coverage
from samestack.compare.judge import judge
from samestack.model import Layer, Reference, Snapshot
from tests.strategies import snapshots

REQUIREMENTS = """\
torch==1.11.0
opencv-python==4.5.5.64
numpy>=1.19
pandas
scipy==1.7.3
"""
ENVIRONMENT = """\
name: vision
channels: [conda-forge]
dependencies:
  - python=3.9
  - pytorch=1.11.0
  - cudatoolkit=11.3
  - ffmpeg
  - r-base=4.1
  - numpy=1.21
  - scipy
  - pip:
    - albumentations==0.4.3
"""


def declared(directory: Path, name: str, text: str) -> Snapshot:
    path = directory / name
    path.write_text(text)
    return capture(Reference.parse(str(path)))


def covered(directory: Path) -> Coverage:
    before = declared(directory, "requirements.txt", REQUIREMENTS)
    found = coverage(before, declared(directory, "environment.yml", ENVIRONMENT))
    assert found is not None
    return found


def test_each_pin_is_told_with_who_pins_it(tmp_path: Path) -> None:
    found = covered(tmp_path)
    assert found.pinned_by_both == ("torch",)
    assert found.pinned_before == ("opencv-python", "scipy")
    assert found.pinned_after == ("albumentations",)


def test_a_series_and_a_range_are_no_pins(tmp_path: Path) -> None:
    assert {"numpy", "pandas", "python"} <= set(covered(tmp_path).pinned_by_neither)


def test_what_only_conda_carries_is_told_by_its_own_names(tmp_path: Path) -> None:
    assert covered(tmp_path).only_conda == ("cudatoolkit", "ffmpeg", "r-base")


def test_names_are_mapped(tmp_path: Path) -> None:
    assert covered(tmp_path).renamed == (Renaming(index="torch", conda="pytorch"),)


def test_neither_speaks_of_the_driver_and_the_system(tmp_path: Path) -> None:
    assert covered(tmp_path).unspoken == (
        Layer.HARDWARE,
        Layer.DRIVER,
        Layer.KERNEL,
        Layer.OS,
        Layer.MODELS,
    )


def test_two_requirements_files_have_no_coverage(tmp_path: Path) -> None:
    one = declared(tmp_path, "requirements.txt", REQUIREMENTS)
    assert coverage(one, one) is None


@given(snapshots, snapshots)
def test_nothing_is_pinned_twice(one: Snapshot, other: Snapshot) -> None:
    found = judge(one, other).coverage
    if found is not None:
        pinned = (*found.pinned_by_both, *found.pinned_before, *found.pinned_after, *found.pinned_by_neither)
        assert len(pinned) == len(set(pinned))
