"""The widest constraint that holds a culprit back."""

import pytest
from packaging.specifiers import SpecifierSet

from samestack.behaviour.bisecting.pins import pin_text
from samestack.behaviour.bisecting.within import Within
from samestack.model import Component, Ecosystem, Layer
from samestack.model.change import Change


def change(before: str | None, after: str | None) -> Change:
    sides = (
        None
        if version is None
        else Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="it", version=version)
        for version in (before, after)
    )
    return Change(*sides)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("8.4.0", "9.0.1", "it<9"),
        ("3.20.1", "3.21.4", "it<3.21"),
        ("1.4.2", "1.4.3", "it<1.4.3"),
        ("2.0.0+cpu", "2.1.0+cu118", "it<2.1"),
        ("9.0.1", "8.4.0", "it>=9.0.1"),
        ("1.0", None, "it==1.0"),
        (None, "1.0", ""),
        ("2023.post1-odd", "3", "it==2023.post1-odd"),
    ],
)
def test_a_step_becomes_a_bound(before: str | None, after: str | None, text: str) -> None:
    assert pin_text(change(before, after), None) == text


def test_the_step_inside_counts_and_what_gave_no_answer_is_held_back_too() -> None:
    found = Within(package="it", last_good="4.5.4", first_bad="4.6.0")
    assert pin_text(change("4.2.0", "4.8.0"), found) == "it<4.6"
    unsure = Within(package="it", last_good="4.5.4", first_bad="4.6.0", untold=("4.5.5",))
    assert pin_text(change("4.2.0", "4.8.0"), unsure) == "it<4.5.5"


def test_a_build_is_pinned_apart_from_its_release() -> None:
    text = pin_text(change("2.0.0", "2.0.1+cu118"), None)
    assert not SpecifierSet(text.removeprefix("it")).contains("2.0.1+cu118")
