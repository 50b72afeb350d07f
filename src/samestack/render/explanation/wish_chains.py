"""Which chains of a conflict belong to which of its wishes."""

from typing import Final

from msgspec import Struct

from samestack.solve.conflicts.web import ENVIRONMENT, TARGET, YOU
from samestack.solve.explanation import Chain, Conflict, Demand
from samestack.solve.problem import Wish
from samestack.solve.wanted import wanted

_STARTS: Final = frozenset({YOU, ENVIRONMENT})


class WishChains(Struct, frozen=True):
    """A wish, and what it leads to: the demands of each chain after the wish itself."""

    wish: Wish
    chains: tuple[tuple[Demand, ...], ...]


def wish_chains(conflict: Conflict) -> tuple[WishChains, ...]:
    """The wishes of a conflict in its order, each with the chains that begin with it."""
    return tuple(
        WishChains(wish, tuple(chain.demands[1:] for chain in conflict.chains if _begins(chain, wish)))
        for wish in conflict.wishes
    )


def offers_of(conflict: Conflict) -> tuple[Demand, ...]:
    """What the target has, where it is the target that refuses."""
    return tuple(
        demand for chain in conflict.chains for demand in chain.demands[:1] if demand.asker == TARGET
    )


def _begins(chain: Chain, wish: Wish) -> bool:
    """Whether a chain begins with a wish, which may stand there without its marker."""
    said = wanted(wish.text)
    texts = {wish.text, said.text if said is not None else wish.text}
    first = chain.demands[0] if chain.demands else None
    return first is not None and first.asker in _STARTS and first.wanted in texts
