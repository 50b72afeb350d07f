"""What gives itself away as hardly needed, and what does not."""

import pytest

from samestack.image.sizes.waste import wasted
from samestack.image.sizes.weighed import WeighedFile

SITE = "opt/venv/lib/python3.11/site-packages"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("root/.cache/pip/http/a", "installers' caches"),
        ("home/app/.cache/uv/b", "installers' caches"),
        ("opt/conda/pkgs/numpy.conda", "installers' caches"),
        ("var/lib/apt/lists/mirror_Packages.lz4", "package lists"),
        ("var/cache/apt/pkgcache.bin", "package lists"),
        ("app/.git/objects/ab/cd", "version control"),
        ("usr/lib/gcc/x86_64-linux-gnu/12/cc1plus", "compilers"),
        ("usr/bin/x86_64-linux-gnu-gcc-12", "compilers"),
        ("usr/lib/debug/.build-id/a.debug", "debug symbols"),
        (f"{SITE}/click/__pycache__/core.cpython-311.pyc", "compiled bytecode"),
        ("usr/lib/x86_64-linux-gnu/libc.a", "static libraries"),
        (f"{SITE}/torch/include/ATen/ops.h", "headers"),
        ("usr/include/stdio.h", "headers"),
        (f"{SITE}/numpy/core/tests/test_a.py", "tests of packages"),
        ("usr/share/man/man1/ls.1.gz", "manuals"),
        ("usr/share/doc/bash/README.gz", "manuals"),
        ("usr/share/locale/de/LC_MESSAGES/x.mo", "translations"),
        ("tmp/left", "logs and scratch"),
        ("var/log/dpkg.log", "logs and scratch"),
    ],
)
def test_kinds(path: str, kind: str) -> None:
    (found,) = wasted([WeighedFile(path, 10, 1)])
    assert (found.kind, found.unpacked, found.files, found.example) == (kind, 10, 1, path)
    assert found.remedy


@pytest.mark.parametrize(
    "path",
    [
        "app/tests.py",
        "app/main.py",
        f"{SITE}/pytest/plugin.py",
        f"{SITE}/numpy/testing/utils.py",
        "usr/share/doc/bash/copyright",
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "usr/bin/gcc-wrapper",
        "opt/venv/bin/python",
    ],
)
def test_what_is_needed_is_left_alone(path: str) -> None:
    assert wasted([WeighedFile(path, 10, 1)]) == ()


def test_the_largest_kind_is_first_and_its_largest_file_the_example() -> None:
    files = [
        WeighedFile("tmp/a", 5, 1),
        WeighedFile("usr/include/a.h", 3, 1),
        WeighedFile("usr/include/b.h", 4, 2),
    ]
    assert [(one.kind, one.unpacked, one.example) for one in wasted(files)] == [
        ("headers", 7, "usr/include/b.h"),
        ("logs and scratch", 5, "tmp/a"),
    ]
