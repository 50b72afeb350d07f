"""What others call answers as the command line does."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from defect_detection.detector import inspect_folder
from defect_detection.model import load_model
from defect_detection.verdicts import MODEL, judge, verdict


def test_it_is_what_the_detector_says(pictures: Path) -> None:
    for name, inspection in list(inspect_folder(pictures, load_model(MODEL)).items())[:6]:
        answer = judge(str(pictures / name))
        assert verdict(str(pictures / name)) == {"verdict": inspection.verdict}
        assert answer["verdict"] == inspection.verdict
        assert answer["scores"].keys() == inspection.scores.keys()
        np.testing.assert_allclose(list(answer["features"].values()), inspection.features, rtol=1e-6)


def test_its_numbers_have_single_precision(pictures: Path) -> None:
    answer = judge(str(pictures / "part-000.jpg"))
    numbers = [*answer["scores"].values(), *answer["features"].values()]
    assert all(number == float(np.float32(number)) for number in numbers)
