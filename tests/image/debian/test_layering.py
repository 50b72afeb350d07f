from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from samestack.image.debian.layering import BUCKETS, LARGE, MOST_LARGE, base_layers
from samestack.image.debian.locked import LockedPackage

SIZES = st.one_of(st.integers(0, LARGE - 1), st.integers(LARGE, 40 * LARGE))


def package(name: str, size: int, version: str = "1") -> LockedPackage:
    return LockedPackage(
        name=name, version=version, architecture="amd64", file=f"pool/{name}.deb", size=size, sha256="0" * 64
    )


@st.composite
def bases(draw: st.DrawFn) -> list[LockedPackage]:
    names = draw(st.sets(st.integers(0, 400).map("p{:03}".format), min_size=1, max_size=60))
    return [package(name, draw(SIZES)) for name in sorted(names)]


@given(bases())
def test_every_package_stands_in_one_layer_and_the_layers_are_few(packages: list[LockedPackage]) -> None:
    layers = base_layers(packages)
    assert sorted(one.name for layer in layers[:-1] for one in layer.packages) == [
        one.name for one in packages
    ]
    assert len(layers) <= MOST_LARGE + BUCKETS + 1
    assert [layer.is_top for layer in layers] == [False] * (len(layers) - 1) + [True]
    assert len({layer.key for layer in layers}) == len(layers)


@given(bases(), st.randoms(use_true_random=False))
def test_the_order_of_the_lock_makes_no_difference(packages: list[LockedPackage], random: object) -> None:
    shuffled = list(packages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert base_layers(shuffled) == base_layers(packages)


@given(bases(), st.data())
def test_an_update_of_a_package_changes_its_layer_and_the_top(
    packages: list[LockedPackage], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(packages) - 1))
    changed = [*packages]
    changed[at] = structs.replace(packages[at], version="2")
    before = {layer.key for layer in base_layers(packages)}
    assert len({layer.key for layer in base_layers(changed)} - before) == 2


@given(bases(), st.integers(0, LARGE - 1))
def test_a_small_package_more_changes_one_layer_and_the_top(packages: list[LockedPackage], size: int) -> None:
    before = {layer.key for layer in base_layers(packages)}
    after = base_layers([*packages, package("zz-new", size)])
    assert len({layer.key for layer in after} - before) == 2
