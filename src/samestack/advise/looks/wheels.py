"""Whether everything that a project needs has a wheel here: asked of the index, by a solve without builds."""

from collections.abc import Iterator, Sequence
from typing import Final

from samestack.advise.signal import Evidence, Signal
from samestack.solve.oracle import Oracle
from samestack.solve.problem import Wish
from samestack.solve.uv.uv_words import needs_build

_MOST_ASKED: Final = 60
"""How many requirements are asked for one by one, where they cannot be met together."""


def wheels(wishes: Sequence[Wish], oracle: Oracle) -> Iterator[Signal]:
    """What has wheels; nothing where the requirements conflict, which says nothing of wheels.

    ``oracle`` must not build. :class:`~samestack.errors.OutsideError` when it cannot be asked.
    """
    asked = [wish for wish in wishes if not wish.is_constraint]
    if not asked:
        return
    answer = oracle.solve(wishes)
    if answer.is_met:
        count = len(answer.solution)
        yield Signal(name="all-wheels", evidence=(Evidence(file=asked[0].file, text=f"{count} packages"),))
        return
    lacking = (
        [wish for wish in asked[:_MOST_ASKED] if _lacks_a_wheel(wish, oracle)]
        if needs_build(answer.said)
        else []
    )
    if lacking:
        yield Signal(name="no-wheels", evidence=tuple(map(_evidence, lacking)))


def _lacks_a_wheel(wish: Wish, oracle: Oracle) -> bool:
    answer = oracle.solve((wish,))
    return not answer.is_met and needs_build(answer.said)


def _evidence(wish: Wish) -> Evidence:
    return Evidence(file=wish.file or "the command line", line=wish.line, text=wish.text)
