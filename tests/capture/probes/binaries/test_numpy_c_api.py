"""Which numpy a module was compiled against, of crafted modules and of real wheels."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.elf import Elf, is_elf
from samestack.capture.elf.source import BLOCK
from samestack.capture.probes.binaries.numpy_c_api import NumpyAbi, NumpyUse, numpy_facts, numpy_use
from tests.capture.elf_files import elf_file
from tests.capture.real_wheels import site_directory

OLD = (
    b"\0_ARRAY_API\0module compiled against ABI version 0x%x but this version of numpy is 0x%x\0numpy.core\0"
)
NEW = (
    b"\0_ARRAY_API\0numpy._core._multiarray_umath\0numpy.core._multiarray_umath\0"
    b"module compiled against ABI version 0x%x but this version of numpy is 0x%x\0"
    b"module was compiled against NumPy C-API version 0x%x (NumPy 1.23) but the running NumPy has\0"
)
PYBIND11 = b"\0numpy.lib\0NumpyVersion\0numpy._core\0numpy.core\0_ARRAY_API\0"
RUST = b"numpy.core.multiarray_ARRAY_API"
CYTHON_TYPES_ALONE = b"\0numpy._core.multiarray failed to import\0"


def module(constants: bytes, *, symbol: str = "PyCapsule_GetPointer", section: str = ".rodata") -> Elf:
    content = elf_file(symbols=(symbol,), sections={section: constants})
    return Elf(io.BytesIO(content), "module.so")


@pytest.mark.parametrize(
    ("constants", "use"),
    [
        (OLD, NumpyUse(NumpyAbi.ONE)),
        (NEW, NumpyUse(NumpyAbi.TWO, "1.23")),
        (PYBIND11, NumpyUse(NumpyAbi.BOTH)),
        (RUST, NumpyUse(NumpyAbi.UNKNOWN)),
        (CYTHON_TYPES_ALONE, None),
        (b"nothing of the kind", None),
        (b"", None),
    ],
)
def test_the_messages_of_numpys_headers_tell_them_apart(constants: bytes, use: NumpyUse | None) -> None:
    assert numpy_use(module(constants)) == use


@pytest.mark.parametrize("distance", [-60, -1, 0, 40, 200])
def test_a_message_is_found_wherever_it_stands(distance: int) -> None:
    constants = b"\1" * (BLOCK - len(NEW) + distance) + NEW
    assert numpy_use(module(constants)) == NumpyUse(NumpyAbi.TWO, "1.23")


def test_a_library_without_capsules_is_not_looked_at() -> None:
    elf = module(OLD, symbol="PyInit_module")
    assert numpy_use(elf) is None
    assert elf.source.bytes_read < 1000


def test_a_module_without_constants_uses_no_numpy() -> None:
    assert numpy_use(module(OLD, section=".elsewhere")) is None


def test_the_strictest_kind_of_module_decides_and_of_the_lowest_versions_the_least() -> None:
    one, two = NumpyUse(NumpyAbi.ONE), NumpyUse(NumpyAbi.TWO, "1.9")
    later, both, unknown = NumpyUse(NumpyAbi.TWO, "1.16"), NumpyUse(NumpyAbi.BOTH), NumpyUse(NumpyAbi.UNKNOWN)
    assert numpy_facts([unknown, both, two, one, later, one]) == {
        "numpy_abi": "1.x",
        "numpy_lowest": "1.9",
        "numpy_modules": ("1.x: 2", "2.x: 2", "both: 1", "unknown: 1"),
    }
    assert numpy_facts([both, two]) == {
        "numpy_abi": "2.x",
        "numpy_lowest": "1.9",
        "numpy_modules": ("2.x: 1", "both: 1"),
    }
    assert numpy_facts([unknown]) == {"numpy_abi": "unknown", "numpy_modules": ("unknown: 1",)}
    assert numpy_facts([]) == {}


@given(
    st.lists(
        st.sampled_from((NumpyUse(NumpyAbi.ONE), NumpyUse(NumpyAbi.TWO, "2.0"), NumpyUse(NumpyAbi.BOTH)))
    )
)
def test_the_order_of_modules_makes_no_difference(uses: list[NumpyUse]) -> None:
    assert numpy_facts(uses) == numpy_facts(reversed(uses))


def facts_of(directory: Path) -> dict[str, object]:
    uses = []
    for path in directory.rglob("*.so*"):
        with path.open("rb") as file:
            if is_elf(file):
                uses.append(numpy_use(Elf(file, str(path))))
    return dict(numpy_facts(use for use in uses if use is not None))


@pytest.mark.registry
@pytest.mark.parametrize(
    ("requirement", "facts"),
    [
        ("pandas==1.5.3", {"numpy_abi": "1.x", "numpy_modules": ("1.x: 32",)}),
        ("pandas==2.2.2", {"numpy_abi": "2.x", "numpy_lowest": "1.20", "numpy_modules": ("2.x: 36",)}),
        (
            "opencv-python-headless==4.10.0.84",
            {"numpy_abi": "2.x", "numpy_lowest": "1.16", "numpy_modules": ("2.x: 1",)},
        ),
        ("contourpy==1.3.0", {"numpy_abi": "both", "numpy_modules": ("both: 1",)}),
        ("tokenizers==0.12.1", {"numpy_abi": "unknown", "numpy_modules": ("unknown: 1",)}),
        ("markupsafe==2.1.5", {}),
    ],
)
def test_real_wheels_are_told_apart(requirement: str, facts: dict[str, object]) -> None:
    assert facts_of(site_directory(requirement)) == facts
