"""The matrix added up: laws of the sum, whatever the signals and weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.advise.advice import advised
from samestack.advise.matrix import matrix
from samestack.advise.signal import Evidence, Signal
from samestack.project.manifest import Backend

NAMES = [row.signal for row in matrix()]
SIGNALS = st.lists(st.sampled_from(NAMES), unique=True).map(
    lambda names: [Signal(name=name, evidence=(Evidence(file="f"),)) for name in names]
)
WEIGHTS = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 10))


@given(SIGNALS, WEIGHTS)
def test_the_best_is_advised_and_the_points_add_up(signals: list[Signal], weights: dict[str, float]) -> None:
    advice = advised(signals, matrix(), weights)
    assert advice.scores[advice.backend] == max(advice.scores.values())
    assert list(advice.scores.values()) == sorted(advice.scores.values(), reverse=True)
    for backend in Backend:
        total = sum(one.points.get(backend, 0) for one in advice.reasons)
        assert advice.scores[backend] == pytest.approx(total)


@given(SIGNALS)
def test_without_weight_nothing_counts_and_the_least_machinery_is_advised(signals: list[Signal]) -> None:
    advice = advised(signals, matrix(), dict.fromkeys(NAMES, 0.0))
    assert advice.backend is Backend.VENV
    assert advice.margin == 0


@given(SIGNALS)
def test_every_signal_is_told_once(signals: list[Signal]) -> None:
    advice = advised(signals, matrix(), {})
    assert sorted(one.signal for one in advice.reasons) == sorted(one.name for one in signals)


@given(SIGNALS, st.sampled_from(NAMES))
def test_more_weight_for_a_row_never_hurts_what_it_speaks_for(signals: list[Signal], name: str) -> None:
    row = next(one for one in matrix() if one.signal == name)
    for backend in Backend:
        if row.points(backend) >= 0:
            light, heavy = (advised(signals, matrix(), {name: weight}) for weight in (1.0, 3.0))
            assert heavy.scores[backend] >= light.scores[backend]
