"""A loosened requirement allows what it is to allow, and keeps its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from samestack.solve.problem import Wish
from samestack.solve.relaxations.loosening import between, distance, in_words, loosened, unbounded


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("tensorflow==2.15.0", "2.19.0", "tensorflow==2.19.0"),
        ("tensorflow ==2.15.*", "2.19.1", "tensorflow==2.19.*"),
        ("tensorflow~=2.15.0", "2.19.1", "tensorflow~=2.19.1"),
        ("numpy>=2.1", "1.26.4", "numpy>=1.26.4"),
        ("numpy>=2.1,<3", "1.26.4", "numpy>=1.26.4,<3"),
        ("numpy <1.25", "1.25.2", "numpy<1.26"),
        ("numpy<2", "2.0.1", "numpy<3"),
        ("numpy<=1.24.4", "1.26.4", "numpy<=1.26.4"),
        ("numpy>1.26", "1.26", "numpy>=1.26"),
        ("numpy<2,!=1.26.4", "1.26.4", "numpy<2"),
        ("torch==2.1.0+cu118", "2.1.0", "torch==2.1.0"),
        ("web[all]==2.31; python_version < '4'", "2.32", "web[all]==2.32; python_version < '4'"),
        ("numpy (>=2.1)", "1.26.4", "numpy>=1.26.4"),
        ("tool @ https://example.com/tool.whl", "1.0", "tool @ https://example.com/tool.whl"),
    ],
)  # fmt: skip
def test_only_what_is_in_the_way_is_moved(text: str, version: str, expected: str) -> None:
    assert loosened(text, version) == expected


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("a==2.15.0", "3.0", 100),
        ("a==2.15.0", "2.19.0", 4),
        ("a==2.15.0", "2.15.3", 0.03),
        ("a==2.15.0", "2.15.0.post1", 0.001),
        ("a>=2.1", "1.26.4", 500),
        ("a>=2.1", "2.0", 5),
        ("a<1.25", "1.25.2", 0.02),
        ("a<2", "1.0", 0),
        ("a==20260101", "2.0", 5000),
    ],
)
def test_a_major_version_is_far_and_a_step_back_is_further(text: str, version: str, expected: float) -> None:
    assert distance(text, version) == pytest.approx(expected)


numbers = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
clauses = st.builds("{}{}".format, st.sampled_from(["==", ">=", "<=", "<", "!="]), numbers)


@given(st.lists(clauses, min_size=1, max_size=3), numbers)
def test_it_allows_the_version_and_has_no_clause_more(parts: list[str], version: str) -> None:
    text = f"name[extra]{','.join(parts)}; python_version >= '3'"
    found = Requirement(loosened(text, version))
    assert found.specifier.contains(version)
    assert (found.name, found.extras, str(found.marker)) == ("name", {"extra"}, 'python_version >= "3"')
    assert len(found.specifier) <= len(parts)
    if Requirement(text).specifier.contains(version):
        assert found.specifier == Requirement(text).specifier
        assert distance(text, version) == 0
    else:
        assert distance(text, version) > 0


def test_a_requirement_keeps_its_extras_and_marker_without_its_versions() -> None:
    text = "numpy[all] >=1,<2 ; sys_platform == 'linux'"
    assert unbounded(text) == "numpy[all]; sys_platform == 'linux'"
    assert between(text, ">=1,<=3") == "numpy[all]>=1,<=3; sys_platform == 'linux'"
    assert unbounded("tool @ https://example.com/tool.whl") == "tool"


@pytest.mark.parametrize(
    ("text", "replacement", "version", "expected"),
    [
        ("a==1.0", "a==2.0", "2.0", "a 2.0 instead of 1.0"),
        ("a>=2", "a>=1.5", "1.5", "a down to 1.5"),
        ("a<2", "a<3", "2.5", "a up to 2.5"),
        ("a", "", "", "a is taken out"),
        ("a==1", "a", "", "any version of a"),
    ],
)
def test_an_edit_is_told_in_words(text: str, replacement: str, version: str, expected: str) -> None:
    assert in_words(Wish(text=text), replacement, version) == expected
