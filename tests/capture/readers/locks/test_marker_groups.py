"""What is left of a marker once it is known which extras and groups are asked for."""

from collections.abc import Set as AbstractSet

from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker

from samestack.capture.readers.locks.marker_groups import MAX_NAMES, assuming, markers_by_group, text_of
from samestack.capture.readers.requirements.packaging_values import marker_text

atoms = st.sampled_from(
    (
        "os_name == 'a'",
        "os_name != 'a'",
        "'b' in os_name",
        "python_version not in '3.8 3.9'",
        "'x' in extras",
        "'y' in extras",
        "'x' not in extras",
        "'dev' in dependency_groups",
    )
)
markers = st.recursive(
    atoms,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from((" and ", " or ")).map(lambda word: f"({word.join(parts)})")
    ),
    max_leaves=8,
)


@given(markers, st.sets(st.sampled_from(("x", "y", "dev"))), st.sampled_from(("a", "b")))
def test_what_is_left_holds_where_the_whole_marker_holds(text: str, asked: set[str], name: str) -> None:
    whole = str(marker_text(text))
    environment: dict[str, str | AbstractSet[str]] = {
        "os_name": name,
        "extras": frozenset(asked),
        "dependency_groups": frozenset(asked),
    }
    expected = Marker(whole).evaluate(environment, context="lock_file")
    left = assuming(whole, asked)
    assert "extras" not in str(left)
    met = left if isinstance(left, bool) else Marker(left).evaluate({"os_name": name})
    assert met == expected


def by_group(text: str, *defaults: str) -> dict[str, str | None]:
    return markers_by_group(marker_text(text), defaults)


def test_each_extra_stands_by_itself() -> None:
    assert by_group("os_name == 'a'") == {"": 'os_name == "a"'}
    assert by_group("extra == 'x'") == {"x": None}
    assert by_group("os_name == 'a' and (extra == 'x' or extra == 'y')") == {
        "x": 'os_name == "a"',
        "y": 'os_name == "a"',
    }
    assert by_group("os_name == 'a' or 'dev' in dependency_groups") == {"": 'os_name == "a"', "dev": None}
    assert by_group("extra != 'x'") == {"": None}


def test_what_everybody_asks_for_is_no_group() -> None:
    assert by_group("'dev' in dependency_groups", "dev") == {"": None}


def test_nothing_is_lost_when_only_two_together_meet_it() -> None:
    marker = 'extra == "x" and extra == "y"'
    assert by_group(marker) == {"x": marker, "y": marker}
    assert by_group("'dev' not in dependency_groups", "dev") == {"": '"dev" not in dependency_groups'}


def test_a_marker_with_a_strange_quotation_stays_whole() -> None:
    marker = """os_name == 'a"b'"""
    assert assuming(marker, ()) == marker


def test_verdicts_as_markers() -> None:
    assert (text_of(True), text_of("os_name == 'a'")) == (None, 'os_name == "a"')  # noqa: FBT003


def test_with_too_many_names_each_needs_the_whole_marker() -> None:
    marker = " or ".join(f'extra == "{number}"' for number in range(MAX_NAMES + 1))
    assert by_group(marker) == {str(number): marker for number in range(MAX_NAMES + 1)}
