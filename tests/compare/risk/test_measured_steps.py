"""Each library step that was measured to change results is judged so, by its own row."""

import pytest

from samestack.compare.risk import assess
from samestack.model.risk import Risk
from tests.compare.risk.changes import stepped

MEASURED = [
    ("pillow", "8.4.0", "9.0.1", Risk.RESULTS, "libjpeg-turbo"),
    ("pillow", "6.2.2", "7.0.0", Risk.RESULTS, "bicubic"),
    ("pillow", "10.2.0", "10.3.0", Risk.RESULTS, "uint16"),
    ("numpy", "1.26.4", "2.0.2", Risk.RESULTS, "NEP 50"),
    ("opencv-python-headless", "4.4.0.46", "4.5.1.48", Risk.RESULTS, "minAreaRect"),
    ("opencv-python-headless", "4.12.0.88", "4.13.0.92", Risk.RESULTS, "4.13.0 undoes this: minAreaRect"),
    ("opencv-python", "4.7.0.72", "4.8.0.76", Risk.RESULTS, "INTER_NEAREST_EXACT"),
    ("opencv-python-headless", "4.5.4.60", "4.5.5.64", Risk.BREAKS, "connectedComponents"),
    ("opencv-python-headless", "4.5.5.64", "4.6.0.66", Risk.BREAKS, "4.6.0 undoes this: connectedComponents"),
    ("opencv-contrib-python", "4.2.0.34", "4.3.0.38", Risk.RESULTS, "RTrees"),
    ("opencv-python", "4.5.3.56", "4.5.4.60", Risk.BREAKS, "NMSBoxes"),
    ("numpy", "1.26.4", "2.0.2", Risk.BREAKS, "binary interface"),
    ("scikit-learn", "1.4.2", "1.5.2", Risk.RESULTS, "LinearSVC"),
    ("pandas", "2.3.3", "3.0.0", Risk.RESULTS, "Copy-on-write"),
    ("pandas", "2.3.3", "3.0.0", Risk.RESULTS, "microseconds"),
]


@pytest.mark.parametrize(("name", "before", "after", "risk", "words"), MEASURED)
def test_a_measured_step_is_judged_by_its_row(
    name: str, before: str, after: str, risk: Risk, words: str
) -> None:
    worst, reasons = assess(stepped(name, before, after))
    row = next(reason for reason in reasons if words in reason.text)
    assert row.risk is risk
    assert worst.rank <= risk.rank
    assert row.sources
    assert row.dated


def test_a_step_that_needs_a_companion_names_it() -> None:
    _, reasons = assess(stepped("pillow", "10.2.0", "10.3.0"))
    assert "Only with numpy 2.0.0 or later." in reasons[0].text


def test_passing_over_a_behaviour_that_ended_is_not_crossing_it() -> None:
    _, reasons = assess(stepped("opencv-python", "4.5.4.60", "4.6.0.66"))
    assert "connectedComponents" not in " ".join(reason.text for reason in reasons)


def test_opencv_answers_alike_where_it_was_measured_to() -> None:
    worst, reasons = assess(stepped("opencv-python", "4.6.0.66", "4.7.0.72"))
    assert worst is Risk.UNKNOWN
    assert "tells of no change" in reasons[0].text
