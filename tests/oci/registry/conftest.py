"""A registry in memory for each test."""

from collections.abc import Iterator

import pytest

from tests.oci.registry.memory_registry import MemoryRegistry, serving


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with serving(MemoryRegistry()) as found:
        yield found
