"""The laws of the plan of layers."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.plan import PackageLayer, layer_key, package_layers

NAMES = st.text("abcdefghij", min_size=1, max_size=4)
SIZES = st.integers(1, 1 << 32)
BUDGETS = st.integers(1, 40)


def wheel(name: str, size: int, release: str = "1") -> LockedWheel:
    digits = layer_key(name, release).removeprefix("sha256:")
    return LockedWheel(name=name, version=release, file=f"{name}.whl", sha256=digits, size=size)


STACKS = st.dictionaries(NAMES, SIZES, max_size=60).map(
    lambda sizes: [wheel(name, size) for name, size in sizes.items()]
)


def keys(layers: tuple[PackageLayer, ...]) -> set[str]:
    return {layer.key("3.11", "/opt/venv") for layer in layers}


@given(STACKS, BUDGETS)
def test_each_wheel_has_one_place_within_the_budget(wheels: list[LockedWheel], budget: int) -> None:
    layers = package_layers(wheels, budget)
    placed = [one for layer in layers for one in layer.wheels]
    assert sorted(placed, key=str) == sorted(wheels, key=str)
    assert len(layers) <= budget
    assert all(layer.wheels for layer in layers)


@given(STACKS, BUDGETS, st.randoms())
def test_the_order_of_the_lock_says_nothing(wheels: list[LockedWheel], budget: int, random: object) -> None:
    shuffled = list(wheels)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert package_layers(shuffled, budget) == package_layers(wheels, budget)


@given(STACKS.filter(bool), BUDGETS, st.data())
def test_a_new_release_changes_one_layer(wheels: list[LockedWheel], budget: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(wheels) - 1))
    old = wheels[place]
    grown = replace(wheel(old.name, old.size, "2"), size=old.size ^ (old.size > 2))
    bumped = [*wheels[:place], grown, *wheels[place + 1 :]]
    before, after = keys(package_layers(wheels, budget)), keys(package_layers(bumped, budget))
    assert len(after - before) == 1
    assert len(before - after) == 1


@given(STACKS.filter(bool), BUDGETS, SIZES, st.data())
def test_one_of_any_size_changes_few(
    wheels: list[LockedWheel], budget: int, size: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(wheels) - 1))
    bumped = [*wheels[:place], wheel(wheels[place].name, size, "2"), *wheels[place + 1 :]]
    changed = keys(package_layers(bumped, budget)) - keys(package_layers(wheels, budget))
    assert len(changed) <= 3


@given(STACKS, BUDGETS)
def test_single_packages_lie_by_size(wheels: list[LockedWheel], budget: int) -> None:
    alone = [layer.wheels[0] for layer in package_layers(wheels, budget) if layer.kind == "wheel"]
    own = alone if len(wheels) <= budget else alone[: budget - max(budget // 4, 1)]
    lengths = [one.size.bit_length() for one in own]
    assert lengths == sorted(lengths, reverse=True)


def test_a_key_depends_on_python_and_prefix() -> None:
    layer = PackageLayer(wheels=(wheel("a", 1),))
    assert len({layer.key("3.11", "/opt/venv"), layer.key("3.12", "/opt/venv"), layer.key("3.11", "/v")}) == 3
