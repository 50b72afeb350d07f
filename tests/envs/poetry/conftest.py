"""The same index and cache as for locks by Poetry."""

from tests.lock.poetry.conftest import address, index, poetry_cache

__all__ = ["address", "index", "poetry_cache"]
