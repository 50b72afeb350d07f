"""GitHub's own actions that a pipeline uses, each by the digest of a commit, which nobody can move."""

from typing import Final

from msgspec import Struct


class Action(Struct, frozen=True, kw_only=True):
    """An action as it is pinned."""

    name: str
    """``OWNER/NAME``, a repository of github.com."""
    digest: str
    """Of the commit, 40 hexadecimal digits."""
    tag: str
    """What it was released as."""

    def __str__(self) -> str:
        return f"{self.name}@{self.digest} # {self.tag}"


CHECKOUT: Final = Action(
    name="actions/checkout", digest="3d3c42e5aac5ba805825da76410c181273ba90b1", tag="v7.0.1"
)
"""https://github.com/actions/checkout/releases/tag/v7.0.1; the same digest and tag stand in the workflows of
the source distributions of cibuildwheel 4.3.5 and xarray 2026.9.0."""
CACHE: Final = Action(name="actions/cache", digest="55cc8345863c7cc4c66a329aec7e433d2d1c52a9", tag="v6.1.0")
"""https://github.com/actions/cache/releases/tag/v6.1.0; the same digest and tag stand in the workflows of the
source distributions of napari 0.9.2 and xarray 2026.9.0."""
