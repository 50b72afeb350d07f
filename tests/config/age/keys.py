"""Age keys and stores for tests."""

import importlib
from pathlib import Path
from typing import Any, NamedTuple

from samestack.config.age.store import Store

pyrage: Any = importlib.import_module("pyrage")  # it has no types


class Key(NamedTuple):
    """An identity, as its file has it, and its recipient."""

    identity: str
    recipient: str

    @property
    def variables(self) -> dict[str, str]:
        """A process environment that has the identity."""
        return {"SAMESTACK_AGE_IDENTITY": self.identity}


def new_key() -> Key:
    """A key of somebody."""
    identity = pyrage.x25519.Identity.generate()
    return Key(str(identity), str(identity.to_public()))


def store(path: Path, key: Key, *others: Key) -> Store:
    """A file that is encrypted to several, used by the first of them."""
    return Store(
        path=path,
        shown=f"age:{path.name}",
        recipients=tuple(one.recipient for one in (key, *others)),
        manifest="pyproject.toml",
        variables=key.variables,
    )
