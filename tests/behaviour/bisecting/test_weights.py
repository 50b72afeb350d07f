"""How likely each change is to blame."""

from samestack.behaviour.bisecting.declared import declared
from samestack.behaviour.bisecting.weights import weights
from samestack.model import Component, Ecosystem, Layer
from samestack.model.change import Change


def change(name: str, before: str | None, after: str | None) -> Change:
    sides = (
        None
        if version is None
        else Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version=version)
        for version in (before, after)
    )
    return Change(*sides)


def of(*changes: Change, imported: tuple[str, ...] = (), needs: dict[str, str] | None = None) -> list[float]:
    texts = needs or {}
    said = declared(texts.keys(), lambda name: [texts[name]] if texts[name] else [], {})
    found = weights({one.name: one for one in changes}, imported, said)
    return [found[one.name] for one in changes]


def test_what_the_program_imports_goes_before_what_that_needs_and_that_before_the_rest() -> None:
    same = [change(name, "1.0", "1.1") for name in ("first", "second", "third")]
    first, second, third = of(*same, imported=("first",), needs={"first": "second", "second": ""})
    assert first > second > third > 0


def test_a_large_step_goes_before_a_small_one() -> None:
    major, minor, fix = of(
        change("a", "1.0.0", "2.0.0"), change("b", "1.0.0", "1.1.0"), change("c", "1.0.0", "1.0.1")
    )
    assert major > minor > fix


def test_a_step_that_is_known_to_change_results_goes_first() -> None:
    known, other = of(change("pillow", "8.4.0", "9.0.1"), change("somebody", "8.4.0", "9.0.1"))
    assert known >= other


def test_what_comes_or_goes_has_a_weight_too() -> None:
    assert all(weight > 0 for weight in of(change("a", None, "1"), change("b", "1", None)))
