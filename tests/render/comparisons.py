"""Comparisons of every shape that the types allow, for property tests."""

from hypothesis import strategies as st

from samestack.compare.difference import Comparison, Difference, Reason, Relation, Side
from samestack.model import Layer
from samestack.model.change import Change
from samestack.model.risk import Risk
from tests.strategies import components, origins, texts


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    layer = draw(st.sampled_from(Layer))
    one = components((layer,))
    before, after = draw(st.tuples(one, one) | st.tuples(st.none(), one) | st.tuples(one, st.none()))
    return Change(before, after)


_reasons = st.builds(
    Reason,
    risk=st.sampled_from(Risk),
    text=texts,
    sources=st.lists(texts | texts.map("https://example.org/{}".format), max_size=2).map(tuple),
    dated=texts,
)
_differences = st.builds(
    Difference,
    change=_changes(),
    relation=st.sampled_from(Relation),
    risk=st.sampled_from(Risk),
    reasons=st.lists(_reasons, max_size=2).map(tuple),
)
_sides = st.builds(Side, origin=origins, digest=texts, components=st.integers(0, 5000))
comparisons = st.builds(
    Comparison,
    before=_sides,
    after=_sides,
    differences=st.lists(_differences, max_size=6).map(tuple),
)
