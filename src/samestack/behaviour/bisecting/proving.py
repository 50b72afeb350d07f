"""The verdict, proved both ways in fresh environments that are made as anyone makes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.verdict import Culprit, Verdict
from samestack.behaviour.bisecting.lattice.wording import listed
from samestack.behaviour.bisecting.settling import Certainty, settled
from samestack.behaviour.bisecting.trials.description import TrialEnvironment

Needs = Mapping[str, frozenset[str]]


class Claim(Struct, frozen=True, kw_only=True):
    """What a verdict says of a hybrid."""

    upgraded: frozenset[str]
    said: str
    """``the good environment with only pillow upgraded``."""
    expected: Answer


class Proof(Struct, frozen=True, kw_only=True):
    """A claim, and how the hybrid answered that was made for it."""

    claim: Claim
    answer: Answer
    detail: str = ""
    runs: int = 1

    @property
    def holds(self) -> bool:
        """Whether it answered as the verdict says."""
        return self.answer is self.claim.expected


def claims_of(verdict: Verdict, changes: frozenset[str]) -> Iterator[Claim]:
    """Each culprit is bad by itself; and with all of them held back the rest is good."""
    for culprit in verdict.culprits:
        said = f"the good environment with only {listed(culprit.names)} upgraded"
        yield Claim(upgraded=frozenset(culprit.names), said=said, expected=Answer.BAD)
    if verdict.held_back:
        yield held_back_claim(frozenset(verdict.held_back), changes)


def held_back_claim(held_back: frozenset[str], changes: frozenset[str]) -> Claim:
    """With these held back the bad environment is good."""
    said = f"the bad environment with only {listed(sorted(held_back))} held back"
    return Claim(upgraded=changes - held_back, said=said, expected=Answer.GOOD)


def least_held_back(culprits: Sequence[Culprit], needs: Needs) -> tuple[tuple[str, ...], frozenset[str]]:
    """Of each culprit the pivot that the fewest others need, and all that has to be held back with these.

    Where several changes are bad together, holding back one of them is enough.
    """
    chosen = [min(one.pivots, key=lambda name: (len(_above(name, needs)), name)) for one in culprits]
    return tuple(chosen), frozenset().union(*(_above(name, needs) for name in chosen))


def proved(
    claims: Sequence[Claim],
    laboratory: Laboratory,
    environment_of: Callable[[frozenset[str]], TrialEnvironment],
    certainty: Certainty,
) -> tuple[Proof, ...]:
    """What became of each."""
    trials = [laboratory.described(environment_of(one.upgraded), is_real=True) for one in claims]
    found = settled(laboratory, trials, certainty, "the proof, in a fresh environment")
    return tuple(
        Proof(claim=claim, answer=one.answer, detail=one.detail, runs=one.runs)
        for claim, one in zip(claims, found, strict=True)
    )


def _above(name: str, needs: Needs) -> frozenset[str]:
    """A change and all that need it, directly or not."""
    found, pending = {name}, [name]
    while pending:
        wanted = pending.pop()
        new = {other for other, its in needs.items() if wanted in its} - found
        found |= new
        pending.extend(new)
    return frozenset(found)
