"""A conflict as a person would say it: in one sentence, with its chains, its layer and what it is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from samestack.solve.conflicts.contests import Contest
from samestack.solve.conflicts.web import ENVIRONMENT, TARGET, YOU, Reached
from samestack.solve.explanation import Chain, Conflict, Demand
from samestack.solve.metadata import Refusal, Release
from samestack.solve.problem import Wish
from samestack.solve.wanted import is_early, is_same_version, wanted

_ACCELERATOR: Final = re.compile(r"nvidia-|cuda|rocm|cudnn|pytorch-cuda")
_VARIANT: Final = re.compile(r"(cu\d+|rocm[\d.]+|xpu)(\.|$)")
_WISHES_SHOWN: Final = 8


def described(wishes: Sequence[Wish], found: Contest | None, said: str) -> Conflict:
    """The conflict, as far as metadata explain it; where they do not, in the solver's own words."""
    if found is None:
        return _unexplained(wishes, said)
    others = [wish for wish in wishes if all(side.wish != wish for side in found.sides)]
    chains = [*_chains(found), *(Chain((_first(wish),)) for wish in others)]
    return Conflict(
        wishes=tuple(wishes),
        contested=_contested(found),
        layer=_layer(found),
        chains=tuple(chains),
        sentence=_sentence(found, others),
        said=said,
    )


def _unexplained(wishes: Sequence[Wish], said: str) -> Conflict:
    listed = _joined([wish.text for wish in wishes[:_WISHES_SHOWN]])
    more = len(wishes) - _WISHES_SHOWN
    listed += f" and {more} more" if more > 0 else ""
    first = wanted(wishes[0].text) if wishes else None
    cannot = "cannot be met together" if len(wishes) > 1 else "cannot be met"
    return Conflict(
        wishes=tuple(wishes),
        contested=first.key if first else "",
        layer="packages",
        chains=tuple(Chain((_first(wish),)) for wish in wishes),
        sentence=f"{listed} {cannot}; the metadata of the index do not show why, the solver's words do.",
        said=said,
    )


def _chains(found: Contest) -> Iterator[Chain]:
    refusal = found.refusal
    for side in found.sides:
        steps = side.demands
        if refusal is not None:
            steps = (*steps, Demand(asker=found.refused_label, wanted=refusal.why))
        yield Chain(steps)
    if refusal is not None and refusal.offered:
        yield Chain((Demand(asker=TARGET, wanted=refusal.offered),))


def _contested(found: Contest) -> str:
    if found.refusal is not None:
        return found.refusal.why.split()[0].lower()
    return found.sides[0].wanted.key


def _layer(found: Contest) -> str:
    if found.refusal is not None:
        return found.refusal.layer
    key = found.sides[0].wanted.key
    if key == "python":
        return "python"
    if _ACCELERATOR.match(key) or (len(found.sides) == 1 and _variant(found)):
        return "accelerator"
    return "packages" if len(found.sides) > 1 else "index"


def _variant(found: Contest) -> str:
    """The build for an accelerator that is asked for by a local version: ``cu118`` of ``==2.1.0+cu118``."""
    for one in found.sides[0].wanted.specifier:
        local = one.version.partition("+")[2]
        if _VARIANT.match(local):
            return local
    return ""


def _sentence(found: Contest, others: Sequence[Wish]) -> str:
    sides = sorted(found.sides, key=_order)
    said = ", but ".join((_asks(sides[0]), _joined([_asks(one) for one in sides[1:]]))) if sides[1:] else ""
    if not said:
        said = _nothing(found)
    elif found.refusal is not None:
        said += f"; {found.refused_label} would do for all, but asks for {_why(found.refusal)}"
    if others:
        said += f", given that you also ask for {_joined([one.text for one in others])}"
    return f"{said[0].upper()}{said[1:]}." if said.startswith("you ") else f"{said}."


def _nothing(found: Contest) -> str:
    """Why a single demand is met by nothing."""
    side = found.sides[0]
    asked = _asks(side)
    if found.refusal is not None:
        return f"{asked}, but {found.refused_label} asks for {_why(found.refusal)}"
    if not found.releases:
        return f"{asked}, but the index has no package of that name"
    return f"{asked}, but {_not_in_the_index(found)}"


def _not_in_the_index(found: Contest) -> str:
    side = found.sides[0]
    variant = _variant(found)
    plain = next((one.version.partition("+")[0] for one in side.wanted.specifier if variant), "")
    if plain and any(is_same_version(one.version, plain) for one in found.releases):
        return f"the index has {side.wanted.name} {plain} without its build {variant}"
    newest = _newest(found.releases)
    return f"the index has no such release of it: its newest is {newest}"


def _newest(releases: Sequence[Release]) -> str:
    return next(
        (one.version for one in reversed(releases) if not is_early(one.version)), releases[-1].version
    )


def _why(refusal: Refusal) -> str:
    return f"{refusal.why}, and the target has {refusal.offered}" if refusal.offered else refusal.why


def _asks(side: Reached) -> str:
    """Who asks for what, and by whose wish that is."""
    last = side.demands[-1]
    if last.asker == YOU:
        return f"you ask for {last.wanted}"
    if last.asker == ENVIRONMENT:
        return f"the environment holds {last.wanted.replace('==', ' ')}"
    if len(side.demands) <= 2:
        return f"{last.asker} asks for {last.wanted}"
    via = side.demands[-2].asker
    origin = side.demands[0].wanted if len(side.demands) > 3 else via
    return f"{last.asker}, which comes with {origin}, asks for {last.wanted}"


def _first(wish: Wish) -> Demand:
    said = wanted(wish.text)
    return Demand(asker=ENVIRONMENT if wish.is_fixed else YOU, wanted=said.text if said else wish.text)


def _order(side: Reached) -> int:
    """Packages speak first, then the user, then what cannot be changed."""
    return {YOU: 1, ENVIRONMENT: 2}.get(side.demands[-1].asker, 0)


def _joined(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""
