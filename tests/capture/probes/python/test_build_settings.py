"""The settings that a CPython was built with, searched in the text of its module."""

import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.build_settings import BuildSettings, build_settings, read_build_settings
from samestack.capture.tree import MachineTree
from tests.capture.probes.memory_tree import MemoryTree
from tests.malformed import corrupted_text

SETTINGS = """# system configuration generated and used by the sysconfig module
build_time_vars = {'ABIFLAGS': 't',
 'CC': 'gcc -pthread',
 'CONFIG_ARGS': "'--prefix=/usr' 'SOABI': 'wrong'",
 'INSTSONAME': 'libpython3.13t.so.1.0',
 'MULTIARCH': 'aarch64-linux-gnu',
 'Py_DEBUG': 1,
 'Py_GIL_DISABLED': 1,
 'SIZEOF_VOID_P': 8,
 'SOABI': 'cpython-313td-aarch64-linux-gnu',
 'VERSION': '3.13'}
"""


def test_the_few_that_matter() -> None:
    content = SETTINGS.replace(" 'SOABI': 'wrong'", "").encode()
    assert build_settings(content) == BuildSettings(
        soabi="cpython-313td-aarch64-linux-gnu",
        platform="aarch64-linux-gnu",
        library="libpython3.13t.so.1.0",
        pointer_bits=64,
        is_debug=True,
        is_free_threaded=True,
    )


def test_a_static_build_has_no_library() -> None:
    content = SETTINGS.replace("libpython3.13t.so.1.0", "libpython3.13t.a").encode()
    assert build_settings(content).library == ""


def test_the_settings_of_this_interpreter() -> None:
    settings = read_build_settings(MachineTree(), sysconfig.get_path("stdlib"))
    assert settings.soabi == sysconfig.get_config_var("SOABI")
    assert settings.platform == sysconfig.get_config_var("MULTIARCH")
    assert settings.pointer_bits == 8 * sysconfig.get_config_var("SIZEOF_VOID_P")
    assert settings.is_debug == bool(sysconfig.get_config_var("Py_DEBUG"))
    assert settings.is_free_threaded == bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def test_the_debug_build_of_debian_stands_behind() -> None:
    files = {
        "/lib/_sysconfigdata__x86_64-linux-gnu.py": " 'SOABI': 'cpython-311',\n",
        "/lib/_sysconfigdata_d_x86_64-linux-gnu.py": " 'SOABI': 'cpython-311d',\n",
    }
    assert read_build_settings(MemoryTree(files), "/lib").soabi == "cpython-311"


def test_nothing_is_known_without_them() -> None:
    assert read_build_settings(MemoryTree({}), "/lib") == BuildSettings()
    assert (
        read_build_settings(MemoryTree({"/lib/_sysconfigdata_x.py": b"x" * 3_000_000}), "/lib")
        == BuildSettings()
    )


@pytest.mark.parametrize("value", ["'a b'", "'\x1b[31m'", "__import__('os')", "'" + "x" * 500 + "'", "''"])
def test_what_is_no_plain_value_is_none(value: str) -> None:
    assert build_settings(f" 'SOABI': {value},\n".encode()).soabi == ""


def test_it_is_not_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    module = tmp_path / "_sysconfigdata__linux.py"
    module.write_text(f"open({str(trap)!r}, 'w')\nbuild_time_vars = {{\n 'SOABI': 'cpython-311',\n}}\n")
    assert read_build_settings(MachineTree(), str(tmp_path)).soabi == "cpython-311"
    assert not trap.exists()


@given(corrupted_text(SETTINGS) | st.binary(max_size=200))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    settings = build_settings(content)
    assert (settings.soabi + settings.platform + settings.library).isprintable()
