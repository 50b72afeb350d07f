"""A change in words."""

from samestack.compare.difference import Relation
from samestack.model import Component, Ecosystem, Layer
from samestack.model.change import Change
from samestack.render.comparison.change_text import Aspect, aspects, sides
from samestack.render.component_text import stated, title, value_text
from tests.render.samples import component, difference


def test_a_title_has_the_place_where_there_is_one() -> None:
    assert title(component(Layer.SYSTEM, "openblas", "0.3", at="numpy")) == "openblas (numpy)"
    assert title(component(Layer.KERNEL, "linux")) == "linux"


def test_what_is_stated_is_the_version_or_the_requirement() -> None:
    assert stated(component(Layer.PACKAGES, "numpy", "1.0", requirement=">=1")) == "1.0"
    assert stated(component(Layer.PACKAGES, "numpy", requirement=">=1")) == ">=1"
    assert stated(component(Layer.PACKAGES, "numpy")) == "no version"


def test_a_missing_side_is_absent_or_does_not_speak() -> None:
    linux = component(Layer.KERNEL, "linux", "6.1")
    assert sides(difference(linux, None)) == ("6.1", "absent")
    assert sides(difference(None, linux, relation=Relation.UNSTATED)) == ("not stated", "6.1")


def test_aspects_name_everything_that_both_state_differently() -> None:
    old = component(
        Layer.PACKAGES, "torch", "1.0", build="b1", content="sha256:" + "a" * 64, facts={"abi": 1, "only": 1}
    )
    new = component(
        Layer.PACKAGES,
        "pytorch",
        "1.0",
        ecosystem=Ecosystem.CONDA,
        build="b2",
        content="sha256:" + "b" * 64,
        facts={"abi": 2},
    )
    assert aspects(Change(old, new)) == (
        Aspect("ecosystem", "pypi", "conda"),
        Aspect("name", "torch", "pytorch"),
        Aspect("build", "b1", "b2"),
        Aspect("content", "sha256:aaaaaaaaaaaa", "sha256:bbbbbbbbbbbb"),
        Aspect("abi", "1", "2"),
    )


def test_what_follows_from_another_version_is_no_aspect() -> None:
    old = component(Layer.PACKAGES, "x", "1", content="sha256:a", facts={"hashes": ("sha256:a",)})
    new = component(Layer.PACKAGES, "x", "2", content="sha256:b", facts={"hashes": ("sha256:b",)})
    assert aspects(Change(old, new)) == ()
    assert aspects(Change(old, None)) == ()


def test_what_the_metadata_asks_for_follows_from_another_version_and_not_from_the_same() -> None:
    def package(version: str, *requires: str) -> Component:
        facts = {"requires": requires, "requires_python": f">={len(requires)}", "modules": ("x", version)}
        return component(Layer.PACKAGES, "x", version, facts=facts)

    assert aspects(Change(package("1", "six"), package("2", "six", "idna"))) == ()
    assert aspects(Change(package("1", "six"), package("1", "six", "idna"))) == (
        Aspect("requires", "nothing of its own", "only here: idna"),
        Aspect("requires_python", ">=1", ">=2"),
    )


def test_of_lists_only_what_is_not_shared_is_shown() -> None:
    def processor(*sets: str) -> Change:
        return Change(
            component(Layer.HARDWARE, "cpu", "x", facts={"instruction_sets": ("avx2", "fma", "avx512f")}),
            component(Layer.HARDWARE, "cpu", "x", facts={"instruction_sets": sets}),
        )

    (shared,) = aspects(processor("avx2", "fma"))
    assert (shared.label, shared.before, shared.after) == (
        "instruction sets",
        "only here: avx512f",
        "nothing of its own",
    )
    assert aspects(processor("neon")) == (Aspect("instruction_sets", "avx2, fma, avx512f", "neon"),)
    assert aspects(processor("fma", "avx2", "avx512f")) == (
        Aspect("instruction_sets", "avx2, fma, avx512f", "fma, avx2, avx512f"),
    )


def test_hashes_with_one_in_common_are_the_same_release() -> None:
    old = component(Layer.PACKAGES, "x", "1", facts={"hashes": ("sha256:a", "sha256:b")})
    same = component(Layer.PACKAGES, "x", "1", facts={"hashes": ("sha256:b",)})
    other = component(Layer.PACKAGES, "x", "1", facts={"hashes": ("sha256:c",)})
    assert aspects(Change(old, same)) == ()
    assert aspects(Change(old, other)) == (Aspect("hashes", "sha256:a, sha256:b", "sha256:c"),)


def test_values_are_written_as_people_write_them() -> None:
    assert [value_text(value) for value in (True, False, 8, "x")] == ["yes", "no", "8", "x"]
    assert value_text(()) == "none"
    assert value_text(tuple("abcdefghij")) == "a, b, c, d, e, f, g, h and 2 more"
