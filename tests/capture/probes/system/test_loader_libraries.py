"""The libraries that the loader finds, of any system."""

import ctypes
import os
from pathlib import Path

import pytest

from samestack.capture.probes.system.loader_libraries import (
    glibc_libraries,
    libraries_in,
    musl_libraries,
    shortest,
)
from samestack.capture.tree import MachineTree, RootTree
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.probes.system.test_loader_cache import cache

IS_GLIBC = "CS_GNU_LIBC_VERSION" in os.confstr_names


def test_the_loaders_own_directories_and_the_multiarch_one() -> None:
    tree = MemoryTree(
        {
            "/lib64/libc.so.6": b"",
            "/usr/lib/x86_64-linux-gnu/libGL.so.1": b"",
            "/usr/lib/aarch64-linux-gnu/libarm.so.1": b"",
            "/usr/lib/python3/site.so.py": b"",
            "/usr/lib/libnss3.so": b"",
            "/usr/lib/module.so": b"",
            "/opt/lib/libother.so.1": b"",
        }
    )
    assert glibc_libraries(tree, "x86_64") == ("libGL.so.1", "libc.so.6", "libnss3.so")
    with_path = glibc_libraries(tree, "x86_64", ("", "relative", "/opt/lib"))
    assert "libother.so.1" in with_path


def test_a_cache_tells_of_configured_directories() -> None:
    files: dict[str, str | bytes] = {
        "/etc/ld.so.cache": cache(("libcudart.so.12", 0x0303)),
        "/etc/ld.so.conf": "/opt/new\n",
        "/opt/new/libnew.so.1": b"",
        "/lib64/libc.so.6": b"",
    }
    assert glibc_libraries(MemoryTree(files), "x86_64") == ("libc.so.6", "libcudart.so.12")


def test_without_a_cache_the_configuration_is_followed() -> None:
    files: dict[str, str | bytes] = {
        "/etc/ld.so.conf": "# mine\ninclude ld.so.conf.d/*.conf\n/opt/one # first\ninclude /etc/more\n",
        "/etc/ld.so.conf.d/a.conf": "/opt/two\n",
        "/etc/ld.so.conf.d/a.bak": "/opt/four\n",
        "/etc/more": "include /etc/ld.so.conf\n/opt/three\n",
        **{f"/opt/{name}/lib{name}.so.1": b"" for name in ("one", "two", "three", "four")},
    }
    assert glibc_libraries(MemoryTree(files), "x86_64") == ("libone.so.1", "libthree.so.1", "libtwo.so.1")


def test_musl_reads_its_path_file() -> None:
    files = {"/usr/local/lib/liba.so.1": b"", "/opt/lib/libb.so": b""}
    assert musl_libraries(MemoryTree(files), "x86_64") == ("liba.so.1",)
    files["/etc/ld-musl-x86_64.path"] = b"/opt/lib\n/usr/lib"
    assert musl_libraries(MemoryTree(files), "x86_64") == ("libb.so",)


def test_longer_names_of_the_same_library_are_left_out() -> None:
    names = ("libz.so.1.3.1", "libz.so.1", "libz.so", "libz.so.2.0", "libpython3.11.so.1.0")
    assert shortest(names) == ("libpython3.11.so.1.0", "libz.so", "libz.so.1", "libz.so.2.0")


def test_a_link_that_leads_nowhere_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/libgone.so.1").symlink_to("libgone.so.1.0")
    (tmp_path / "lib/libhere.so.1.0").write_bytes(b"")
    (tmp_path / "lib/libhere.so.1").symlink_to("libhere.so.1.0")
    assert libraries_in(RootTree(tmp_path), "/lib") == ("libhere.so.1",)


@pytest.mark.skipif(not IS_GLIBC, reason="this machine's C library is not glibc")
def test_what_this_machines_loader_loads_is_among_them() -> None:
    found = glibc_libraries(MachineTree(), os.uname().machine)
    for name in ("libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1"):
        ctypes.CDLL(name)
        assert name in found
    with pytest.raises(OSError, match="cannot open shared object file"):
        ctypes.CDLL("libnot-there.so.1")
    assert "libnot-there.so.1" not in found
