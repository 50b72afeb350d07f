"""Modules compiled for an image, and Pythons copied into one."""

import gzip
import sys
import tarfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from samestack.errors import OutsideError
from samestack.image.building.building import build
from samestack.image.building.copied_python import copied_python
from samestack.image.building.outputs import output_of
from samestack.image.building.python_needs import python_needs
from samestack.oci.images import machine_platform
from samestack.oci.platform import AMD64, ARM64
from samestack.process import run
from samestack.progress import SILENT
from tests.image.building.test_build import example, image_at, members, request

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_modules_that_are_imported_are_compiled(tmp_path: Path) -> None:
    asked = request(example(tmp_path), tmp_path / "cache", machine_platform(), bytecode=("alpha",))
    built = build(asked, output_of(f"oci:{tmp_path / 'layout'}"), SILENT)
    compiled = members(image_at(tmp_path / "layout", machine_platform()), "bytecode")
    files = [path for path, one in compiled.items() if one.isfile()]
    assert files == ["opt/venv/lib/python3.11/site-packages/alpha/__pycache__/__init__.cpython-311.pyc"]
    again = replace(asked, environment={"SAMESTACK_CACHE": str(tmp_path / "fresh")}, from_previous=False)
    assert build(again, output_of(f"oci:{tmp_path / 'other'}"), SILENT).descriptor == built.descriptor


def test_what_cannot_be_imported_leaves_nothing(tmp_path: Path) -> None:
    asked = request(example(tmp_path), tmp_path / "cache", machine_platform(), bytecode=("missing",))
    with pytest.raises(OutsideError, match="missing"):
        build(asked, output_of(f"oci:{tmp_path / 'layout'}"), SILENT)
    assert not (tmp_path / "layout").exists()


def test_nothing_is_compiled_for_another_machine(tmp_path: Path) -> None:
    other = ARM64 if machine_platform() == AMD64 else AMD64
    asked = request(example(tmp_path), tmp_path / "cache", other, bytecode=("alpha",))
    built = build(asked, output_of(f"oci:{tmp_path / 'layout'}"), SILENT)
    assert [remark for remark in built.remarks if f"nothing is compiled for {other}" in remark]


def test_a_copied_python_runs_from_its_new_place(tmp_path: Path) -> None:
    found = copied_python("copy", SERIES, machine_platform())
    assert found.python.executable == f"/opt/python/bin/python{SERIES}"
    with (tmp_path / "layer").open("w+b") as file:
        found.part.write(file)
        file.seek(0)
        with gzip.open(file) as data, tarfile.open(fileobj=data, mode="r|") as archive:
            archive.extractall(tmp_path / "root", filter="tar")
    root = tmp_path / "root/opt/python"
    # In an image, links in /usr/lib serve; here the library is named.
    said = run(
        [root / f"bin/python{SERIES}", "-B", "-c", "import json, ssl, sys; print(sys.prefix)"],
        environment={"LD_LIBRARY_PATH": str(root / "lib")},
    )
    assert said.output.strip() == str(root)
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    assert not [path for path in paths if _is_left_out(path)]


def test_what_a_python_needs() -> None:
    needs = python_needs([Path(sys.executable).resolve()])
    assert needs.glibc >= (2, 2)
    assert not [one for one in needs.libraries if one.startswith(("libc.so", "ld-linux"))]


def test_what_is_no_program_needs_nothing(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    (tmp_path / "broken").write_bytes(b"\x7fELF" + bytes(10))
    assert python_needs(tmp_path.iterdir()).libraries == ()


def _is_left_out(path: str) -> bool:
    return "/test/" in path or path.endswith(".pyc") or "site-packages" in path
