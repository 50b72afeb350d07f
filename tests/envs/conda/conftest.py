"""A channel of real packages: a Python of this machine, and releases of the package index, as conda's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.capture.real_environments import interpreter_of_series
from tests.conda_channel import add_package, index_channel
from tests.real_conda_packages import add_distribution, add_python


@pytest.fixture(autouse=True, scope="session")
def own_packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the developer's own cache of conda packages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RATTLER_CACHE_DIR", str(tmp_path_factory.mktemp("rattler")))
        yield


@pytest.fixture(scope="session")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two Pythons with click in two releases for each, numpy for one, and a library."""
    directory = tmp_path_factory.mktemp("channel")
    for series in ("3.9", "3.10"):
        interpreter = interpreter_of_series(series)
        add_python(directory, interpreter)
        for release in ("8.1.3", "8.1.7"):
            add_distribution(directory, f"click=={release}", interpreter)
    add_distribution(directory, "numpy==1.26.4", interpreter, depends=["libblas"])
    add_package(directory, "libblas-3.9.0-20_mkl", files={"lib/libblas.so.3": b"old"})
    add_package(directory, "libblas-3.9.0-21_mkl", build_number=1, files={"lib/libblas.so.3": b"new"})
    index_channel(directory)
    return directory
