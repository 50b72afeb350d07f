"""When a package is needed follows from the ways that lead to it."""

from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker

from samestack.capture.readers.locks import dependency_graph
from samestack.capture.readers.locks.dependency_graph import Dependency, Graph, Node, markers_of_needed

LINUX, WINDOWS = "sys_platform == 'linux'", "sys_platform == 'win32'"


def node(index: int, extra: str = "") -> Node:
    return (index, extra)


def edge(index: int, marker: str | None = None, extra: str = "") -> Dependency:
    return Dependency(node(index, extra), marker)


def test_markers_add_up_along_a_way_and_ways_are_alternatives() -> None:
    graph: Graph = {node(0): [edge(2, "os_name == 'a'")], node(1): [edge(2)]}
    needed = markers_of_needed(graph, [edge(0, LINUX), edge(1, WINDOWS)])
    assert needed[2] == '(os_name == "a" and sys_platform == "linux") or sys_platform == "win32"'


def test_a_way_without_markers_settles_it() -> None:
    graph: Graph = {node(0): [edge(2)], node(1): [edge(2, WINDOWS)]}
    assert markers_of_needed(graph, [edge(1, LINUX), edge(0)]) == {
        0: None,
        1: 'sys_platform == "linux"',
        2: None,
    }


def test_a_way_that_demands_more_adds_nothing() -> None:
    graph: Graph = {node(0): [edge(1, WINDOWS)]}
    assert markers_of_needed(graph, [edge(0, LINUX), edge(1, LINUX)])[1] == 'sys_platform == "linux"'


def test_circles_end() -> None:
    graph: Graph = {node(0): [edge(1, LINUX)], node(1): [edge(0)]}
    assert markers_of_needed(graph, [edge(0)]) == {0: None, 1: LINUX.replace("'", '"')}


def test_an_extra_is_not_a_package_but_leads_to_some() -> None:
    graph: Graph = {node(0): [], node(0, "x"): [edge(1)]}
    assert markers_of_needed(graph, [edge(0), edge(0, extra="x")]) == {0: None, 1: None}


def test_what_nothing_leads_to_is_not_needed() -> None:
    assert markers_of_needed({node(0): [edge(1)]}, []) == {}


def test_too_many_ways_are_taken_for_always() -> None:
    many = [f"os_name == '{number}'" for number in range(dependency_graph.MAX_WAYS + 1)]
    assert markers_of_needed({}, [edge(0, marker) for marker in many]) == {0: None}
    assert markers_of_needed({}, [edge(0, marker) for marker in many[:-1]])[0] is not None


# A mesh in which the ways multiply at every step.
MESH: Graph = {
    node(index): [
        edge(index // 10 * 10 + 10 + further, f"os_name == '{index}-{further}'") for further in range(10)
    ]
    for index in range(300)
}


def test_a_hostile_mesh_comes_to_an_end() -> None:
    assert len(markers_of_needed(MESH, [edge(0)])) == 301


NAMES = ("a", "b", "c")
markers = st.none() | st.sampled_from(
    [f"os_name == '{name}'" for name in NAMES] + [f"os_name != '{name}'" for name in NAMES]
)
edges = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), markers), max_size=14)


@given(edges, st.sampled_from(NAMES))
def test_a_package_is_needed_where_a_way_leads_to_it(
    links: list[tuple[int, int, str | None]], name: str
) -> None:
    """The same as dropping every edge whose marker does not hold, and walking what is left."""
    graph: dict[Node, list[Dependency]] = {node(index): [] for index in range(6)}
    for start, end, marker in links:
        graph[node(start)].append(edge(end, marker))
    reached, pending = {0}, [0]
    while pending:
        for one in graph[node(pending.pop())]:
            if (one.marker is None or Marker(one.marker).evaluate({"os_name": name})) and one.target[
                0
            ] not in reached:
                reached.add(one.target[0])
                pending.append(one.target[0])
    found = markers_of_needed(graph, [edge(0)]).items()
    assert {
        index for index, marker in found if marker is None or Marker(marker).evaluate({"os_name": name})
    } == reached
