"""A channel of small packages and an index of small wheels, both on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conda_channel import add_package, index_channel
from tests.solve.local_index import LocalIndex, served

OLD, NEW = datetime(2022, 3, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two Pythons, arrays in two releases for each, a framework with and without CUDA, and odd names."""
    directory = tmp_path_factory.mktemp("channel")
    for series, release in (("3.9", "3.9.18"), ("3.10", "3.10.13")):
        build = f"py{series.replace('.', '')}_0"
        needs = [f"python {series}.*", "libblas"]
        add_package(directory, f"python-{release}-0_cpython", depends=["__glibc >=2.17"], uploaded=OLD)
        add_package(directory, f"numpy-1.26.4-{build}", depends=needs, uploaded=OLD)
        add_package(directory, f"numpy-2.0.1-{build}", depends=needs, uploaded=NEW)
        add_package(directory, f"typing_extensions-4.9.0-{build}", depends=needs, uploaded=OLD)
        add_package(directory, f"typing_extensions-4.12.0-{build}", depends=needs, uploaded=NEW)
    cuda = ["__cuda >=11.8", "__glibc >=2.28,<3.0.a0", "python", "numpy", "cuda-version 11.8.*"]
    add_package(directory, "pytorch-2.1.0-cuda118_1", depends=cuda, build_number=1, uploaded=OLD)
    add_package(directory, "pytorch-2.1.0-cpu_0", depends=["python", "numpy"], uploaded=OLD)
    add_package(directory, "cuda-version-11.8-0", constrains=["__cuda >=11"], uploaded=OLD)
    add_package(directory, "libblas-3.9.0-20_mkl", uploaded=OLD)
    add_package(directory, "openssl-1.1.1w-0", uploaded=OLD)
    add_package(directory, "oldnumpy-1.0-0", depends=["numpy <2"], uploaded=OLD)
    for subdir, release in (("osx-arm64", "3.10.13"), ("win-64", "3.10.13")):
        add_package(directory, f"python-{release}-0_cpython", subdir=subdir, uploaded=OLD)
        add_package(directory, "libblas-3.9.0-20_mkl", subdir=subdir, uploaded=OLD)
    index_channel(directory)
    return directory


@pytest.fixture(scope="session")
def uv_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: what uv has learned of this machine's interpreters took it a while."""
    return tmp_path_factory.mktemp("uv")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, uv_cache: Path) -> Iterator[LocalIndex]:
    """The only index that uv knows."""
    found = LocalIndex()
    found.add("framer", "1.0", "numpy>=1.20", "tool")
    found.add("framer", "2.0", "numpy>=2", "tool")
    found.add("tool", "1.0")
    found.add("tool", "1.1", uploaded="2024-08-01T12:00:00Z")
    found.add("torchy", "1.0", "torch>=2")
    found.add("compiled", "1.0", tag="cp310-cp310-manylinux_2_28_x86_64")
    found.add("compiled", "1.0", tag="cp310-cp310-manylinux_2_17_x86_64")
    found.add("compiled", "1.0", tag="cp310-cp310-macosx_11_0_arm64")
    found.add("compiled", "1.0", tag="cp310-cp310-win_amd64")
    found.add("typer", "1.0", "typing-extensions>=4,<4.10")
    with served(found) as address:
        for name in ("UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        monkeypatch.setenv("UV_CACHE_DIR", str(uv_cache))
        yield found
