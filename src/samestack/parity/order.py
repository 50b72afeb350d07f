"""The order in which a stack moves on, and the circle where there is none."""

from collections.abc import Mapping


def in_order(after: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names, each after the one that it follows, else as they stand; and those of a circle, if any.

    ``after`` has, by name, what each follows; empty, or a name that is none of them, is followed by nobody.
    """
    placed: dict[str, None] = {}
    for name in after:
        chain = _chain(name, after, placed)
        if chain and after[chain[-1]] in chain:
            return tuple(placed), tuple(chain[chain.index(after[chain[-1]]) :])
        placed.update(dict.fromkeys(reversed(chain)))
    return tuple(placed), ()


def _chain(name: str, after: Mapping[str, str], placed: Mapping[str, None]) -> list[str]:
    """The name and what it follows, up to what is placed, is the first, or stands in the chain already."""
    chain: list[str] = []
    while name in after and name not in placed and name not in chain:
        chain.append(name)
        name = after[name]
    return chain
