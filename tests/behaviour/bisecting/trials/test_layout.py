"""Which directories of a package are linked as they are, and which have to be real."""

import sys
from pathlib import Path

from samestack.behaviour.bisecting.trials.layout import layout_of, site_packages
from samestack.envs.interpreters import Interpreter

HERE = Interpreter(path=Path(sys.executable), version="{}.{}.{}".format(*sys.version_info), source="path")
SITE = site_packages(HERE)


def make(prefix: Path, *files: str, origins: bytes = b"") -> None:
    for name in files:
        path = prefix / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x7fELF..." + origins + b"\0..." if ".so" in name else b"")


def links(prefix: Path) -> set[str]:
    return {one.replace(SITE, "site") for one in layout_of(prefix, HERE).links}


def test_a_package_is_a_few_links(tmp_path: Path) -> None:
    make(tmp_path, ".lock", f"{SITE}/alpha/deep/a.py", f"{SITE}/alpha-1.dist-info/RECORD", f"{SITE}/b.py")
    make(tmp_path, "bin/say", "share/man/man1/say.1", "share/jupyter/kernels/k.json", "lib/other/file")
    assert links(tmp_path) == {
        "site/alpha", "site/alpha-1.dist-info", "site/b.py",
        "bin/say", "share/man", "share/jupyter", "lib/other",
    }  # fmt: skip


def test_libraries_that_find_their_own_neighbours_need_nothing(tmp_path: Path) -> None:
    make(tmp_path, f"{SITE}/alpha/core/a.so", origins=b"$ORIGIN/../../alpha.libs:$ORIGIN/lib")
    make(tmp_path, f"{SITE}/alpha.libs/libz-1.so.6", f"{SITE}/alpha/core/lib/x")
    assert links(tmp_path) == {"site/alpha", "site/alpha.libs"}


def test_libraries_that_look_into_other_packages_stand_in_real_directories(tmp_path: Path) -> None:
    make(tmp_path, f"{SITE}/torch/lib/libtorch.so", origins=b"$ORIGIN/../../nvidia/cublas/lib:$ORIGIN")
    make(tmp_path, f"{SITE}/torch/__init__.py", f"{SITE}/torch/lib/other.txt", f"{SITE}/torch/nn/a.py")
    assert links(tmp_path) == {
        "site/torch/__init__.py", "site/torch/nn", "site/torch/lib/libtorch.so", "site/torch/lib/other.txt",
    }  # fmt: skip


def test_what_leads_out_of_the_environment_is_nobody_s(tmp_path: Path) -> None:
    make(tmp_path, f"{SITE}/alpha/a.so", origins=b"${ORIGIN}/../../../../../../usr/lib")
    assert links(tmp_path) == {"site/alpha"}
