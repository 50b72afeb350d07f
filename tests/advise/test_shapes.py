"""What is advised for the shapes of real projects, recorded as the few lines of their files that tell."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from samestack.advise.advice import Advice
from samestack.advise.entry import advise
from samestack.progress import SILENT

SHAPES = sorted((Path(__file__).parent / "shapes").glob("*.toml"))


def built(shape: dict[str, Any], directory: Path) -> Path:
    for name, text in shape["files"].items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.removeprefix("\n"))
    return directory


def advice_for(shape: Path, directory: Path, **weights: float) -> Advice:
    return advise(built(tomllib.loads(shape.read_text()), directory), weights, SILENT, is_offline=True)


def test_there_are_enough_shapes() -> None:
    assert len(SHAPES) >= 15


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_the_kind_that_suits_is_advised_for_the_reason_that_decides(path: Path, tmp_path: Path) -> None:
    shape = tomllib.loads(path.read_text())
    advice = advise(built(shape, tmp_path), {}, SILENT, is_offline=True)
    assert advice.backend == shape["expected"]
    deciding = {reason.signal for reason in advice.reasons if reason.points.get(advice.backend, 0) > 0}
    assert shape["because"] in deciding


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_reason_names_a_place_that_is_there(path: Path, tmp_path: Path) -> None:
    for reason in advice_for(path, tmp_path).reasons:
        for evidence in reason.evidence:
            is_declared = evidence.file.startswith("what the project asks for")
            assert is_declared or (tmp_path / evidence.file).is_file()


def test_a_weight_can_turn_the_advice(tmp_path: Path) -> None:
    shape = next(path for path in SHAPES if path.stem == "fastbook")
    assert advice_for(shape, tmp_path).backend == "venv"
    assert advice_for(shape, tmp_path, notebooks=4).backend == "conda"
