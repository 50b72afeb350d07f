import pytest
from msgspec import structs

from samestack.model import Component, Configuration, Ecosystem, Host, Layer, Stack

NUMPY = Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="numpy", version="1.26.4")
KERNEL = Component(layer=Layer.KERNEL, ecosystem=Ecosystem.GENERIC, name="linux", version="6.1")
THREADS = Component(
    layer=Layer.CONFIGURATION, ecosystem=Ecosystem.GENERIC, name="OMP_NUM_THREADS", version="4"
)
ALL = (NUMPY, KERNEL, THREADS)


def test_each_composition_takes_its_own_layers() -> None:
    assert Stack.of(ALL).components == (NUMPY,)
    assert Host.of(ALL).components == (KERNEL,)
    assert Configuration.of(ALL).components == (THREADS,)


def test_the_constructor_refuses_what_does_not_belong() -> None:
    with pytest.raises(ValueError, match="a stack has no layer 'kernel'"):
        Stack(ALL)


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", "1.26.5"), ("build", "py310"), ("content", "sha256:00"), ("source", "git+https://x/y@0")],
)
def test_the_digest_covers_what_a_component_is(field: str, value: str) -> None:
    changed = structs.replace(NUMPY, **{field: value})
    assert Stack.of([changed]).digest != Stack.of([NUMPY]).digest


@pytest.mark.parametrize("field", ["facts", "circumstances"])
def test_the_digest_does_not_cover_what_follows_or_happened(field: str) -> None:
    changed = structs.replace(NUMPY, **{field: {"installer": "pip"}})
    assert Stack.of([changed]).digest == Stack.of([NUMPY]).digest
    assert Stack.of([changed]) != Stack.of([NUMPY])


def test_layers_stand_from_the_deepest_up() -> None:
    python = Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", version="3.11.7")
    assert Stack.of([NUMPY, python]).components == (python, NUMPY)
    assert Stack.of([NUMPY, python]).layer(Layer.PYTHON) == (python,)
