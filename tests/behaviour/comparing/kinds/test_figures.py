"""What many answers tell together: metrics, times and distributions."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import (
    Better,
    DistributionTolerance,
    LatencyTolerance,
    MetricTolerance,
)
from samestack.errors import RequestError

DICE = np.random.RandomState(7)


def metrics(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.METRIC, reference, answer, MetricTolerance(**given))


def latencies(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.LATENCY, np.array(reference), np.array(answer), LatencyTolerance(**given))


def distributions(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.DISTRIBUTION, np.array(reference), np.array(answer), DistributionTolerance(**given))


def test_an_accuracy_that_changed_for_the_better_has_changed() -> None:
    # LinearSVC on the wine data, scikit-learn 1.4.2 and 1.5.2.
    before, after = 0.8202247191011236, 0.9887640449438202
    assert metrics(before, after).distance == pytest.approx(0.205, abs=1e-3)
    assert metrics(before, after).detail == f"{before} -> {after}, off by 20.5 %"
    assert not metrics(before, after).is_same
    assert metrics(before, after, better=Better.HIGHER).is_same
    assert not metrics(before, after, better=Better.LOWER).is_same


def test_a_metric_reaches_99_percent_of_the_reference() -> None:
    assert metrics(0.9, 0.892).is_same
    assert not metrics(0.9, 0.89).is_same
    assert not metrics(0.9, 0.892, share=0.999).is_same


def test_metrics_below_and_at_zero() -> None:
    assert metrics(-10.0, -10.05).is_same
    assert not metrics(-10.0, -10.2, better=Better.HIGHER).is_same
    assert metrics(-10.0, -9.0, better=Better.HIGHER).is_same
    assert metrics(0.0, 0.005).is_same
    assert not metrics(0.0, 0.02).is_same
    assert metrics(0.9, float("nan")).distance == np.inf


def test_slower_has_to_be_significant_and_enough() -> None:
    times = DICE.normal(1.0, 0.02, 30)
    assert latencies(times, times * 1.05).is_same  # significant, but little
    assert latencies(times[:2], times[:2] * 1.5).is_same  # much, but of two anything may be chance
    slower = latencies(times, times * 1.5)
    assert not slower.is_same
    assert slower.distance == pytest.approx(0.5)
    assert slower.detail.startswith("the median takes 1.5 times as long (p = ")


def test_faster_is_no_difference() -> None:
    assert latencies(DICE.normal(1.0, 0.02, 30), DICE.normal(0.2, 0.01, 30)).distance == 0


def test_answers_are_spread_alike() -> None:
    before, after = DICE.normal(0, 1, 400), DICE.normal(0, 1, 500)
    assert distributions(before, after).is_same
    moved = distributions(before, after + 0.5)
    assert not moved.is_same
    assert "Kolmogorov-Smirnov distance" in moved.detail


def test_of_many_answers_the_distance_counts() -> None:
    before, after = DICE.normal(0, 2, 5000), DICE.normal(0, 2, 5000)
    assert distributions(before, after + 0.1).is_same
    moved = distributions(before, after + 0.5)
    assert moved.distance == pytest.approx(0.25, abs=0.06)
    assert not moved.is_same
    assert distributions(before, after + 0.5, drift=0.4).is_same


def test_numbers_that_are_close_are_one() -> None:
    before = np.full(200, 0.5)
    assert distributions(before, before + 1e-12).distance == 0
    assert not distributions(before, before + 1e-3).is_same


def test_labels_are_spread_alike() -> None:
    # Classes that RTrees predicts, OpenCV 4.2.0.34 and 4.3.0.38: so few more may be chance.
    before = np.array(["a"] * 185 + ["b"] * 215)
    assert distributions(before, np.array(["a"] * 177 + ["b"] * 223)).is_same
    judgement = distributions(before, np.array(["a"] * 100 + ["b"] * 300))
    assert not judgement.is_same
    assert judgement.detail.startswith("a in 46.2 % -> 25 % of the answers")
    many = np.repeat(before, 10)
    assert distributions(many, np.repeat(np.array(["a"] * 177 + ["b"] * 223), 10)).is_same
    assert not distributions(many, np.array(["a"] * 100 + ["c"] * 300)).is_same


def test_more_that_is_no_number_is_a_difference() -> None:
    before = DICE.normal(0, 1, 100)
    after = before.copy()
    after[3] = np.nan
    assert distributions(before, after).detail == "0 % -> 1 % of the answers are not finite numbers"
    assert distributions(after, before).is_same


def test_texts_are_no_numbers() -> None:
    assert not distributions(DICE.normal(0, 1, 9), np.array(["a"] * 9)).is_same
    with pytest.raises(RequestError, match="cannot be compared as times"):
        latencies(["soon"], ["soon"])
