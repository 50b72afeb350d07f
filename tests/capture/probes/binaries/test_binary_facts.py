"""The facts of a distribution are those of its files together."""

from collections.abc import Mapping, Sequence

import pytest

from samestack.capture.probes.binaries.binary import Binary
from samestack.capture.probes.binaries.binary_facts import binary_facts
from samestack.capture.probes.binaries.gpu_architectures import DeviceCode
from samestack.capture.probes.binaries.numpy_c_api import NumpyAbi, NumpyUse

SITE = "/site"


def binary(
    name: str,
    *,
    soname: str | None = None,
    needed: Sequence[str] = (),
    versions: Mapping[str, tuple[str, ...]] | None = None,
    numpy: NumpyUse | None = None,
    device_code: DeviceCode | None = None,
) -> Binary:
    return Binary(
        path=f"{SITE}/{name}",
        soname=soname,
        needed=tuple(needed),
        version_needs=versions or {},
        numpy=numpy,
        device_code=device_code,
        bytes_read=0,
    )


def test_what_the_distribution_has_itself_it_does_not_need() -> None:
    files = [
        binary("_core.so", needed=("libcore.so.1", "libgomp-e985bcbb.so.1", "libc.so.6", "libcudart.so.12")),
        binary("libcore.so", soname="libcore.so.1", needed=("libc.so.6", "libm.so.6")),
        binary("libgomp-e985bcbb.so.1", soname="libgomp-e985bcbb.so.1"),
    ]
    assert binary_facts("example", files, SITE) == {
        "needs": ("libc.so.6", "libcudart.so.12", "libm.so.6"),
        "needs_of_plugins": ("libcudart.so.12",),
        "needed_by": ("libcudart.so.12: _core.so",),
        "provides": ("libcore.so.1",),
    }


@pytest.mark.parametrize(
    "name", ["lib.cpython-311-x86_64-linux-gnu.so", "_core.so", "libx-r0-f650aae0.3.3.so"]
)
def test_modules_and_grafted_libraries_are_not_for_others(name: str) -> None:
    assert "provides" not in binary_facts("example", [binary(name)], SITE)


def test_extension_modules_are_named_for_the_interpreters_that_can_import_them() -> None:
    names = [
        "a.cpython-311-x86_64-linux-gnu.so",
        "b.cpython-37m-aarch64-linux-gnu.so",
        "c.pypy310-pp73-x86_64-linux-gnu.so",
        "d.abi3.so",
        "libcpython-311.so",
    ]
    facts = binary_facts("example", [binary(name) for name in names], SITE)
    assert facts["extension_abis"] == ("cpython-311", "cpython-37m", "pypy310-pp73")


def test_the_highest_symbol_versions_count_as_numbers() -> None:
    files = [
        binary(
            "a.so", versions={"libc.so.6": ("GLIBC_2.4", "GLIBC_2.28", "GLIBC_PRIVATE", "GLIBC_ABI_DT_RELR")}
        ),
        binary(
            "b.so", versions={"libm.so.6": ("GLIBC_2.9",), "libstdc++.so.6": ("GLIBCXX_3.4.9", "CXXABI_1.3")}
        ),
        binary("c.so", versions={"libstdc++.so.6": ("GLIBCXX_3.4.29", "GLIBCXX_3.4")}),
    ]
    assert binary_facts("example", files, SITE) == {"glibc": "2.28", "glibcxx": "3.4.29"}


def test_what_a_bundled_library_offers_is_not_needed_from_outside() -> None:
    files = [
        binary(
            "a.so", versions={"libstdc++-0a1b2c3d.so.6": ("GLIBCXX_3.4.30",), "libc.so.6": ("GLIBC_2.17",)}
        ),
        binary("libstdc++-0a1b2c3d.so.6"),
    ]
    assert binary_facts("example", files, SITE) == {"glibc": "2.17"}


def test_numpys_own_modules_say_nothing_of_the_numpy_that_is_needed() -> None:
    files = [binary("_multiarray_umath.so", numpy=NumpyUse(NumpyAbi.ONE))]
    assert binary_facts("numpy", files, SITE) == {}
    assert binary_facts("pandas", files, SITE) == {"numpy_abi": "1.x", "numpy_modules": ("1.x: 1",)}


def test_gpu_code_is_told() -> None:
    files = [binary("libcuda.so", soname="lib.so", device_code=DeviceCode(1, {"sm_90": 1}))]
    assert binary_facts("example", files, SITE)["gpu_architectures"] == ("sm_90",)
    files = [binary("module.so", device_code=DeviceCode(1, {}))]
    assert binary_facts("example", files, SITE) == {}


def test_names_are_made_fit_to_be_shown() -> None:
    facts = binary_facts("example", [binary("a.so", needed=("lib\x1b[31m.so",))], SITE)
    assert facts["needs"] == ("lib\N{REPLACEMENT CHARACTER}[31m.so",)
    assert facts["needed_by"] == ("lib\N{REPLACEMENT CHARACTER}[31m.so: a.so",)
