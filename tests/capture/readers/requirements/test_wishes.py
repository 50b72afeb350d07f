"""Requirements are merged by what they are about, and narrowed by constraints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.version import Version

from samestack.capture.readers.requirements.wishes import Wish, component_of, file_name_tells, merged, wish_of
from samestack.model import Component


def wish(text: str, *groups: str, is_constraint: bool = False) -> Wish:
    found = wish_of(Requirement(text))
    return Wish(
        name=found.name,
        specifiers=found.specifiers,
        marker=found.marker,
        extras=found.extras,
        provenance=found.provenance,
        version=found.version,
        groups=groups,
        is_constraint=is_constraint,
    )


def limit(text: str) -> Wish:
    return wish(text, is_constraint=True)


def components(*wishes: Wish) -> list[Component]:
    return [component_of(one) for one in merged(wishes)]


@pytest.mark.parametrize(
    ("text", "version", "requirement"),
    [
        ("six==1.16", "1.16", None),
        ("six==1.16,>=1", "1.16", None),
        ("six==1.16.*", None, "==1.16.*"),
        ("six>=1,<2", None, "<2,>=1"),
        ("six===1.16", None, "===1.16"),
        ("six", None, None),
        ("six @ https://host.example/six-1.16-py3-none-any.whl", "1.16", None),
    ],
)
def test_decided_or_wanted(text: str, version: str | None, requirement: str | None) -> None:
    component = component_of(wish(text))
    assert (component.version, component.requirement) == (version, requirement)


def test_wishes_for_one_package_are_one() -> None:
    (one,) = components(wish("six[b]>=1"), wish("six[a]<2"))
    assert (one.requirement, one.facts["extras"]) == ("<2,>=1", ("a", "b"))


def test_wishes_under_other_markers_or_from_elsewhere_stand_apart() -> None:
    wishes = (wish("six>=1"), wish("six>=2; os_name == 'nt'"), wish("six @ https://host.example/six.zip"))
    assert len(components(*wishes)) == 3


def test_constraints_narrow_what_is_required() -> None:
    narrowed, other, idle = components(
        wish("six>=1"), wish("idna"), limit("six==1.16"), limit("idna<4; os_name == 'nt'")
    )
    assert (narrowed.version, narrowed.circumstances) == ("1.16", {})
    assert (other.requirement, other.circumstances) == (None, {})
    assert (idle.requirement, idle.circumstances) == ("<4", {"constraint": True})


def test_a_constraint_may_say_where_a_package_comes_from() -> None:
    (one,) = components(wish("six"), limit("six @ https://host.example/six-1.16-py3-none-any.whl"))
    assert (one.version, one.source) == ("1.16", "https://host.example/six-1.16-py3-none-any.whl")


def test_what_several_groups_ask_for_alike_is_one_wish_of_them_all() -> None:
    shared, *others = components(wish("six", "b"), wish("six", "a"), wish("idna", "a"), wish("idna<4", "b"))
    assert shared.circumstances == {"group": ("a", "b")}
    assert [one.circumstances["group"] for one in others] == [("a",), ("b",)]
    (everybody,) = components(wish("six", "a"), wish("six"))
    assert everybody.circumstances == {}


versions = st.sampled_from(("1", "1.5", "2", "3"))
specifiers = st.builds("{}{}".format, st.sampled_from((">=", "<=", "==", "!=", "<", ">")), versions)
lists = st.lists(specifiers, max_size=4)


@given(lists, lists, versions)
def test_what_is_merged_allows_what_all_allow(required: list[str], limits: list[str], version: str) -> None:
    wishes = [wish("six"), *(wish(f"six{one}") for one in required), *(limit(f"six{one}") for one in limits)]
    (one,) = merged(wishes)
    separately = all(each.specifiers.contains(Version(version)) for each in wishes)
    assert one.specifiers.contains(Version(version)) == separately
    component = component_of(one)
    if component.version is not None:
        assert one.specifiers.contains(component.version)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("a/b/Foo_Bar-1.0-1-py3-none-any.whl#sha256=0", ("foo-bar", "1.0")),
        ("C:\\b\\foo-1.0.tar.gz", ("foo", "1.0")),
        ("https://host.example/foo-1.0.zip?x=/y", ("foo", "1.0")),
        ("https://host.example/torch-2.0%2Bcu118-py3-none-any.whl", ("torch", "2.0+cu118")),
        ("foo-main.zip", None),
        ("foo-1.0.whl", None),
        ("foo", None),
        ("", None),
        (f"foo-{'9' * 5000}.tar.gz", None),
    ],
)
def test_file_names_tell_name_and_version(address: str, told: tuple[str, str] | None) -> None:
    assert file_name_tells(address) == told
