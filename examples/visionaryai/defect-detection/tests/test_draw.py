"""The pictures are what the parts are, and the same ones every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from defect_detection.draw import draw, draw_parts
from defect_detection.parts import HEIGHT, WIDTH, Dent, Part
from defect_detection.pictures import read_truth


def test_a_picture_is_as_large_as_the_cameras(flawless: Part, random: np.random.Generator) -> None:
    picture = draw(flawless, random)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert picture.dtype == np.uint8


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        draw_parts(tmp_path / folder, count=3, seed=11)
    written = [sorted((tmp_path / folder).iterdir()) for folder in ("one", "two")]
    assert [path.name for path in written[0]] == [*(f"part-00{n}.jpg" for n in range(3)), "truth.json"]
    assert [path.read_bytes() for path in written[0]] == [path.read_bytes() for path in written[1]]


def test_another_seed_draws_other_parts(tmp_path: Path) -> None:
    for seed in (1, 2):
        draw_parts(tmp_path / str(seed), count=1, seed=seed)
    pictures = [(tmp_path / str(seed) / "part-000.jpg").read_bytes() for seed in (1, 2)]
    assert pictures[0] != pictures[1]


def test_a_longer_series_starts_like_a_shorter_one(tmp_path: Path) -> None:
    for count in (2, 4):
        draw_parts(tmp_path / str(count), count=count, seed=9)
    for name, verdict in read_truth(tmp_path / "2").items():
        assert (tmp_path / "2" / name).read_bytes() == (tmp_path / "4" / name).read_bytes()
        assert read_truth(tmp_path / "4")[name] == verdict


def test_a_hole_is_darker_than_the_plate(flawless: Part, random: np.random.Generator) -> None:
    picture = draw(flawless, random)
    x, y = (int(value) for value in flawless.holes[4].centre)
    assert picture[y - 5 : y + 5, x - 5 : x + 5].mean() < 0.3 * picture[y, x + 60 : x + 90].mean()


def test_a_dent_is_dark_towards_the_light_and_bright_opposite(
    flawless: Part, random: np.random.Generator
) -> None:
    dented = replace(flawless, mark=Dent((200.0, 160.0), radius=12.0, depth=0.3))
    picture = draw(dented, random).astype(float)
    assert picture[145:155, 187:197].mean() < 0.9 * picture[166:176, 203:213].mean()
