"""A need is followed from the modules that Python imports, through what a distribution holds, outwards."""

from collections.abc import Sequence

import pytest

from samestack.capture.cache import Cache
from samestack.capture.probes.binaries.binary import Binary
from samestack.capture.probes.binaries.deep import Facts
from samestack.capture.probes.binaries.library_needs import MAX_NEEDS, library_needs
from samestack.model import Value
from tests.capture.probes.binaries.test_deep import read
from tests.capture.real_wheels import distributions_of, site_directory

SITE = "/site"


def file(
    path: str, *needed: str, module: bool = False, soname: str | None = None, search: Sequence[str] = ()
) -> Binary:
    return Binary(
        path=f"{SITE}/{path}",
        soname=soname,
        needed=needed,
        search_path=tuple(search),
        is_module=module,
        version_needs={},
        numpy=None,
        device_code=None,
        bytes_read=0,
    )


def told(*files: Binary) -> dict[str, Value]:
    return {name: value for name, value in library_needs(files, SITE).items() if value}


def test_a_need_of_a_bundled_library_is_one_of_the_module_that_leads_to_it() -> None:
    facts = told(
        file("cv2/cv2.abi3.so", "libQt5Widgets-1a2b3c4d.so.5", "libc.so.6", module=True),
        file("x.libs/libQt5Widgets-1a2b3c4d.so.5", "libQt5Gui-1a2b3c4d.so.5"),
        file("x.libs/libQt5Gui-1a2b3c4d.so.5", "libGL.so.1", "libQt5Widgets-1a2b3c4d.so.5"),
    )
    assert facts == {
        "needs": ("libGL.so.1", "libc.so.6"),
        "needed_by": ("libGL.so.1: cv2/cv2.abi3.so > x.libs/libQt5Gui-1a2b3c4d.so.5",),
    }


def test_what_no_module_leads_to_is_a_plugin() -> None:
    facts = told(
        file("cv2/cv2.abi3.so", "libz.so.1", module=True),
        file("cv2/plugins/libqxcb.so", "libX11.so.6", "libz.so.1"),
    )
    assert facts["needs_of_plugins"] == ("libX11.so.6",)
    assert "needs_sometimes" not in facts


def test_what_fewer_than_half_of_the_modules_need_is_needed_sometimes() -> None:
    modules = [file(f"a/m{number}.so", "libz.so.1", module=True) for number in range(3)]
    facts = told(*modules, file("a/pool.so", "libtbb.so.12", module=True))
    assert facts["needs_sometimes"] == ("libtbb.so.12",)
    assert told(*modules[:1], file("a/b.so", "libmpi.so.40", module=True)).get("needs_sometimes") is None


def test_a_library_for_ctypes_is_loaded_surely_where_it_is_the_only_one() -> None:
    only = file("lightgbm/lib/lib_lightgbm.so", "libgomp.so.1")
    assert "needs_of_plugins" not in told(only)
    grafted = file("x.libs/libfoo-0a1b2c3d.so.2", "libbar.so.1")
    assert "needs_of_plugins" not in told(file("x/libx.so", "libfoo-0a1b2c3d.so.2"), grafted)
    cufile = file("nvidia/libcufile.so.0", "libc.so.6")
    rdma = file("nvidia/libcufile_rdma.so.1", "libcufile.so.0", "libmlx5.so.1")
    assert told(cufile, rdma)["needs_of_plugins"] == ("libmlx5.so.1",)


def test_links_to_one_library_are_one_library() -> None:
    several = [file(f"lib/libx.so{end}", "libz.so.1", soname="libx.so.1") for end in ("", ".1", ".1.2")]
    assert "needs_of_plugins" not in told(*several)


def test_only_directories_outside_are_told() -> None:
    facts = told(file("a/b.so", module=True, search=("$ORIGIN/../b.libs", "/opt/foo/lib", "/opt/foo/lib")))
    assert facts == {"search_path": ("/opt/foo/lib",)}


def test_what_is_told_is_bounded() -> None:
    needed = [f"lib{number}.so.{'9' * 300}" for number in range(MAX_NEEDS + 5)]
    rows = told(file("a/b.so", *needed, module=True))["needed_by"]
    assert isinstance(rows, tuple)
    assert len(rows) == MAX_NEEDS
    assert max(map(len, rows)) <= 400


@pytest.mark.registry
def test_real_wheels_of_each_kind() -> None:
    found = distributions_of(site_directory("opencv-python==4.8.1.78", "lightgbm==4.5.0"))
    cache = Cache(None, Facts)
    facts = {name: read([one], cache).facts[one.metadata_directory] for name, one in found.items()}
    rows = facts["opencv-python"]["needed_by"]
    assert isinstance(rows, tuple)
    (gl,) = [row for row in rows if row.startswith("libGL.so.1: ")]
    assert gl.startswith("libGL.so.1: cv2/cv2.abi3.so > opencv_python.libs/libQt5")
    plugins = facts["opencv-python"]["needs_of_plugins"]
    assert isinstance(plugins, tuple)
    assert "libX11.so.6" in plugins
    assert "libGL.so.1" not in plugins
    assert facts["lightgbm"].get("needs_of_plugins") is None
    assert "libgomp.so.1: lightgbm/lib/lib_lightgbm.so" in str(facts["lightgbm"]["needed_by"])
