"""What a change moves, foretold; and of our own images, held against what a build really moves."""

from pathlib import Path

import pytest
from msgspec import structs

from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.parts import KEY, KIND, PACKAGES
from samestack.image.building.plan import package_layers
from samestack.image.settings import ImageSettings
from samestack.image.sizes.explaining import weigh
from samestack.image.sizes.lock_movement import planned_movement
from samestack.image.sizes.movement import Movement, PackageChange, changes_between
from samestack.image.sizes.moving import movement_to_image, movement_to_lock
from samestack.image.verifying.verifying import Terms
from samestack.lock.decision import Lock
from samestack.oci.layers.merged import merged
from samestack.oci.places import Image
from samestack.progress import SILENT
from tests.image.sizes.made_images import MadeLayer, image
from tests.image.verifying.locked_images import SERIES, SITE, base, built, lock_in

SETTINGS = ImageSettings(layers=4)


@pytest.fixture(autouse=True)
def _own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "caches"))


def wheel(name: str, version: str = "1", size: int = 1000) -> LockedWheel:
    digits = f"{name}{version}".encode().hex().ljust(64, "0")[:64]
    return LockedWheel(name=name, version=version, file=f"{name}.whl", sha256=digits, size=size)


def ours(*wheels: LockedWheel) -> Image:
    """An image as samestack builds it of these wheels, as far as its manifest tells."""
    layers = [
        MadeLayer(
            files={one.wheels[0].name: one.key("3.11", SETTINGS.prefix).encode()},
            annotations={
                KIND: one.kind,
                KEY: one.key("3.11", SETTINGS.prefix),
                PACKAGES: ", ".join(each.label for each in one.wheels),
            },
        )
        for one in package_layers(wheels, SETTINGS.layers)
    ]
    return image(MadeLayer(files={"etc/x": b"1"}, annotations={KIND: "base", KEY: "b"}), *layers)


def planned(before: Image, *wheels: LockedWheel) -> Movement:
    return planned_movement(before, wheels, SETTINGS, python="3.11", against="pylock.toml")


SOME = (wheel("large", size=10**6), wheel("middle", size=10**5), wheel("small", size=10**3))
SHARING = tuple(wheel(f"p{number}", size=1000) for number in range(12))


def test_the_same_lock_moves_nothing() -> None:
    movement = planned(ours(*SOME), *SOME)
    assert (movement.bytes, movement.moved, movement.changes) == (0, (), ())
    assert movement.kept == sum(one.size for one in ours(*SOME).manifest.layers)


def test_a_small_release_moves_its_own_layer() -> None:
    newer = wheel("small", "2", 1010)
    movement = planned(ours(*SOME), *SOME[:2], newer)
    assert [(one.title, one.moved, one.why) for one in movement.moved] == [
        ("small==2", 1010, "small changes")
    ]
    assert movement.changes == (PackageChange(name="small", before="1", after="2"),)


def test_packages_that_share_a_layer_move_together() -> None:
    before = ours(*SHARING)
    bucket = max(package_layers(SHARING, SETTINGS.layers), key=lambda one: len(one.wheels))
    changed = structs.replace(bucket.wheels[0], version="2", sha256="f" * 64)
    after = [changed if one.name == changed.name else one for one in SHARING]
    (moved,) = planned(before, *after).moved
    assert moved.moved == 1000 * len(bucket.wheels) > 1000
    assert moved.why == f"{changed.name} changes"


def test_what_is_foretold_is_what_the_next_build_has_anew() -> None:
    after = (*SOME[:1], wheel("middle", "2", 10**5), *SOME[2:], *SHARING)
    there = {layer.digest for layer in ours(*SOME).manifest.layers}
    anew = [layer for layer in ours(*after).manifest.layers if layer.digest not in there]
    assert len(planned(ours(*SOME), *after).moved) == len(anew)


def test_from_image_to_image_by_their_manifests() -> None:
    newer = wheel("small", "2")
    before, after = ours(*SOME), ours(*SOME[:2], newer)
    movement = movement_to_image(before, after)
    (moved,) = movement.moved
    assert (moved.title, moved.moved) == ("small==2", after.manifest.layers[-1].size)
    assert movement.kept == sum(one.size for one in before.manifest.layers[:-1])
    assert movement.changes == changes_between({"small": "1"}, {"small": "2"})
    assert movement.is_exact


def test_an_image_to_itself_moves_nothing() -> None:
    assert movement_to_image(ours(*SOME), ours(*SOME)).bytes == 0


def moved_by(made: Image, lock: Lock) -> Movement:
    terms = Terms(lock=lock, python=SERIES)
    with merged(made) as files:
        return movement_to_lock(made, files, weigh(made, files), terms, SILENT)


def test_another_tools_image_is_rebuilt_from_the_lowest_change(tmp_path: Path) -> None:
    top = MadeLayer(files={"app/main.py": b"1"}, command="COPY . .")
    old = MadeLayer(
        files={
            f"{SITE}/more-1.dist-info/RECORD": b"more.py,,\nmore-1.dist-info/RECORD,,\n",
            f"{SITE}/more.py": b"1",
        },
        command="RUN pip install more",
    )
    made = built(tmp_path, old, top)
    movement = moved_by(made, lock_in(tmp_path))
    assert [one.title for one in movement.moved] == ["RUN pip install more", "COPY . ."]
    assert movement.changes == (PackageChange(name="more", before="1"),)
    assert movement.kept == sum(one.size for one in made.manifest.layers[:2])
    assert not movement.is_exact


def test_what_is_new_comes_where_the_others_are(tmp_path: Path) -> None:
    lock = lock_in(tmp_path)
    files = {f"{SITE}/demo-1.0.dist-info/RECORD": b"demo.py,,\n", f"{SITE}/demo.py": b"1"}
    made = image(
        base(), MadeLayer(files=files, command="RUN pip"), MadeLayer(files={"a": b"1"}, command="COPY")
    )
    movement = moved_by(made, lock)
    assert [one.title for one in movement.moved] == ["RUN pip", "COPY"]
    assert movement.changes == (PackageChange(name="other", after="2.0"),)


def test_another_tools_image_of_the_lock_moves_nothing(tmp_path: Path) -> None:
    seed = MadeLayer(files={f"{SITE}/pip-24.0.dist-info/RECORD": b"pip/a.py,,\n"})
    assert moved_by(built(tmp_path, seed), lock_in(tmp_path)).bytes == 0
