"""The layout: no box lies on another, every link leads to the right, and equal graphs look equal."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.render.explanation.column_order import crossings, ordered_columns
from samestack.render.explanation.layered_layout import GAP, Box, Layout, Link, layout


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Link]]:
    """Up to 30 boxes of any size, and links that lead from earlier ones to later ones."""
    count = draw(st.integers(0, 30))
    boxes = [
        Box(key=f"n{index}", width=draw(st.integers(40, 320)), height=draw(st.integers(30, 160)))
        for index in range(count)
    ]
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=40, unique=True)) if pairs else []
    sources = {source for source, _ in chosen}
    boxes = [
        Box(
            key=box.key,
            width=box.width,
            height=box.height,
            is_last=index not in sources and draw(st.booleans()),
        )
        for index, box in enumerate(boxes)
    ]
    return boxes, [Link(f"n{one}", f"n{other}", boxes[one].height // 2) for one, other in chosen]


def assert_readable(boxes: list[Box], links: list[Link], placed: Layout) -> None:
    rectangles = [(*placed.corners[box.key], box.width, box.height) for box in boxes]
    for (x, y, width, height), (left, top, wide, high) in combinations(rectangles, 2):
        apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
        assert apart
    for x, y, width, height in rectangles:
        assert 0 <= x <= placed.width - width
        assert 0 <= y <= placed.height - height
    sizes = {box.key: box for box in boxes}
    for link, route in zip(links, placed.routes, strict=True):
        assert all(one[0] <= other[0] for one, other in pairwise(route))
        start, end = placed.corners[link.source], placed.corners[link.target]
        assert route[0] == (start[0] + sizes[link.source].width, start[1] + link.port)
        assert route[-1] == (end[0], end[1] + sizes[link.target].height // 2)
        assert start[0] + sizes[link.source].width < end[0]


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph_is_readable(graph: tuple[list[Box], list[Link]]) -> None:
    boxes, links = graph
    placed = layout(boxes, links)
    assert_readable(boxes, links, placed)
    assert layout(boxes, links) == placed


def test_links_pass_boxes_at_a_distance() -> None:
    boxes = [Box(key=key, width=100, height=40) for key in "abc"]
    links = [Link("a", "b", 20), Link("b", "c", 20), Link("a", "c", 20)]
    placed = layout(boxes, links)
    (_, top) = placed.corners["b"]
    passing = {y for x, y in placed.routes[2][1:-1]}
    assert all(y < top - GAP // 2 or y > top + 40 + GAP // 2 for y in passing)


def test_last_boxes_share_the_last_column() -> None:
    boxes = [Box(key=key, width=100, height=40, is_last=key in "ce") for key in "abcde"]
    placed = layout(boxes, [Link("a", "b", 20), Link("b", "c", 20), Link("d", "e", 20)])
    assert placed.corners["c"][0] == placed.corners["e"][0] > placed.corners["b"][0]


def test_crossings_are_undone() -> None:
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    edges = [("a", "z"), ("b", "y"), ("c", "x")]
    assert crossings(columns, edges) == 3
    assert crossings(ordered_columns(columns, edges), edges) == 0


def test_a_chain_is_drawn_level() -> None:
    boxes = [Box(key=key, width=100, height=40) for key in "abc"]
    placed = layout(boxes, [Link("a", "b", 20), Link("b", "c", 20)])
    assert len({y for _, y in placed.corners.values()}) == 1


def test_circles_are_refused() -> None:
    boxes = [Box(key=key, width=10, height=10) for key in "ab"]
    with pytest.raises(ValueError, match="circle"):
        layout(boxes, [Link("a", "b", 5), Link("b", "a", 5)])


def test_nothing_is_drawn_of_nothing() -> None:
    assert layout([], []).corners == {}
