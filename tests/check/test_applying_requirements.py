"""What applies of the requirements in an environment, held against what ``packaging`` reads of each text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from samestack.check.applying_requirements import applying_requirements, specifier_set
from samestack.check.subject import Subject
from samestack.model import normalized_python_name
from tests.check.subjects import package, python, snapshot

CONDITIONS = (
    'python_version < "3.11"',
    'python_version >= "3.11"',
    'sys_platform == "win32"',
    'platform_machine == "x86_64"',
    "extra == 'x-y'",
    'extra == "x_y"',
    'extra == "other"',
    '"x-y" == extra',
)
MARKERS = st.recursive(
    st.sampled_from(CONDITIONS),
    lambda inner: (
        st.builds("({}) {} ({})".format, inner, st.sampled_from(("and", "or")), inner)
        | st.builds(
            "{} {} {}".format,
            st.sampled_from(CONDITIONS),
            st.sampled_from(("and", "or")),
            st.sampled_from(CONDITIONS),
        )
    ),
    max_leaves=6,
)
FORMS = st.sampled_from(
    (
        *("b", "B.b_b", "b>=1,<2", "b (>=1)", "b[e]", "b[e, F_f]>=1", "b >= 1 , != 1.5", "b~=1.0"),
        "b @ https://example.org/b.whl ",
    )
)


def told(
    *requirements: str, version: str = "3.10.13"
) -> set[tuple[str, str, tuple[str, ...], frozenset[str]]]:
    """What applies: the extra it belongs to, the name, the extras and the specifiers that are asked for."""
    components = (
        python(version),
        package("asker", "1", requires=("a[X.y]",)),
        package("a", "1", requires=requirements),
    )
    (environment,) = Subject(snapshot(*components)).pythons
    found = applying_requirements(environment)
    assert not found.unreadable
    return {
        (one.extra, one.name, one.extras, frozenset(map(str, specifier_set(one.specifier))))
        for one in found.required
        if one.asker == "a"
    }


@given(FORMS, MARKERS)
def test_it_is_what_packaging_reads(form: str, marker: str) -> None:
    text = f"{form} ; {marker}"
    read = Requirement(text)
    environment = {"sys_platform": "linux", "platform_machine": "x86_64", "python_version": "3.10"}
    assert read.marker is not None
    applies = any(read.marker.evaluate({**environment, "extra": extra}) for extra in ("", "x-y"))
    found = {one[1:] for one in told(text)}
    expected = (
        normalized_python_name(read.name),
        tuple(sorted(map(normalized_python_name, read.extras))),
        frozenset(map(str, read.specifier)),
    )
    assert found == ({expected} if applies else set())


@pytest.mark.parametrize("text", ["b>=1;python_version>'3'", "b>=1 ;python_version>'3'", " b>=1", "b>=1"])
def test_spaces_do_not_matter(text: str) -> None:
    assert told(text.strip()) == {("", "b", (), frozenset({">=1"}))}


def test_who_asked_for_an_extra_first_is_remembered() -> None:
    components = (
        python(),
        package("one", "1", requires=("a[x]>=2",)),
        package("two", "1", requires=("a[x]",)),
        package("a", "2", requires=('b; extra == "x"',)),
    )
    (environment,) = Subject(snapshot(*components)).pythons
    (required,) = [one for one in applying_requirements(environment).required if one.asker == "a"]
    assert {required.extra_asker} <= {"a[x]>=2 by one 1", "a[x] by two 1"}


def test_extras_that_ask_for_each_other_come_to_an_end() -> None:
    requirements = ('a[one]; extra == "two"', 'a[two]; extra == "one"', 'b; extra == "one"')
    components = (
        python(),
        package("asker", "1", requires=("a[two]",)),
        package("a", "1", requires=requirements),
    )
    (environment,) = Subject(snapshot(*components)).pythons
    names = [one.name for one in applying_requirements(environment).required]
    assert sorted(names) == ["a", "a", "a", "b"]


def test_what_nobody_can_read_is_told_with_who_states_it() -> None:
    components = (python(), package("a", "1", requires=("b; nonsense", "@", "c[d")))
    (environment,) = Subject(snapshot(*components)).pythons
    assert applying_requirements(environment).unreadable == (
        "a 1 requires b; nonsense",
        "a 1 requires @",
        "a 1 requires c[d",
    )


@given(st.lists(st.text(max_size=60), max_size=5))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    components = (python(), package("a", "1", requires=tuple(texts)))
    (environment,) = Subject(snapshot(*components)).pythons
    found = applying_requirements(environment)
    assert len(found.required) + len(found.unreadable) <= len(texts)


def test_bounds_with_a_star_are_read_as_older_installers_did() -> None:
    for operator, version in itertools.product((">=", "<"), ("1.9", "2.0")):
        assert str(specifier_set(f"{operator}{version}.*")) == f"{operator}{version}"
    assert str(specifier_set("==1.9.*,!=1.9.1")) in {"==1.9.*,!=1.9.1", "!=1.9.1,==1.9.*"}
