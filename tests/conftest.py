"""What every test shares."""

import pytest
from hypothesis import settings

# Machines are small and busy: how long an example takes says nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests, and the programs that they start, out of the developer's own cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMESTACK_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(autouse=True, scope="session")
def own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the environments that the tests make out of the developer's own list of environments."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMESTACK_STATE", str(tmp_path_factory.mktemp("state")))
