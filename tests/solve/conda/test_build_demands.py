"""What builds of one release ask for alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from samestack.solve.conda.build_demands import common_demands, demands_of, hull
from samestack.solve.conda.conda_syntax import requirement_text, simple_specifier


@pytest.mark.parametrize(
    ("specifiers", "expected"),
    [
        ([">=1,<2"], ">=1,<2"),
        (["==3.8.*", "==3.9.*"], ">=3.8,<3.10"),
        ([">=1,<2", ">=3"], ">=1"),
        ([">=1,<2", "==2.5"], ">=1,<=2.5"),
        (["~=1.4.2", "<1.0"], "<1.5"),
        ([">=1", None], ""),
        (["", ">=1"], ""),
    ],
)
def test_the_hull_holds_all_ranges(specifiers: list[str | None], expected: str) -> None:
    assert SpecifierSet(hull(specifiers)) == SpecifierSet(expected)


VERSIONS = st.builds("{}.{}".format, st.integers(0, 4), st.integers(0, 4))
RANGES = st.one_of(
    st.builds(">={}".format, VERSIONS),
    st.builds("<{}".format, VERSIONS),
    st.builds("=={}.*".format, VERSIONS),
    st.builds("~={}".format, VERSIONS),
    st.builds(">={},<={}".format, VERSIONS, VERSIONS),
    st.builds("!={}".format, VERSIONS),
)


@given(st.lists(RANGES, min_size=1, max_size=3), VERSIONS)
def test_the_hull_refuses_nothing_that_a_range_allows(ranges: list[str], version: str) -> None:
    if any(SpecifierSet(one).contains(version) for one in ranges):
        assert SpecifierSet(hull(ranges)).contains(version)


def test_only_what_every_build_asks_for_is_common() -> None:
    builds = [
        {one.name: one for one in demands_of(depends)}
        for depends in (["python 3.8.*", "numpy >=1.20,<2", "mkl"], ["python 3.9.*", "numpy >=1.20,<2"])
    ]
    assert common_demands(builds) == {"python": ">=3.8,<3.10", "numpy": ">=1.20,<2"}


@pytest.mark.parametrize(
    ("specification", "text"),
    [
        ("numpy", "numpy"),
        ("numpy=1.21", "numpy==1.21.*"),
        ("conda-forge::numpy >=1.20,<2", "numpy>=1.20,<2"),
        ("numpy==1.21.0=py310_0", "numpy==1.21.0"),
        ("openssl=1.1.1w", "openssl"),
        ("_openmp_mutex", ""),
    ],
)
def test_specifications_as_requirements(specification: str, text: str) -> None:
    assert requirement_text(specification) == text


def test_bounds_are_written_simply() -> None:
    assert simple_specifier("<=2,!=2,>=1,!=1,!=1.5") == "<2,>1,!=1.5"
