"""One stack everywhere: packages, the interpreter and the system, held against the lock and each other."""

from collections.abc import Iterator, Mapping

from samestack.check.finding import Finding, Severity
from samestack.compare.difference import Relation
from samestack.compare.relation import relate
from samestack.model import Layer, Stack
from samestack.model.change import Change
from samestack.parity.breach import Breach, breach
from samestack.parity.divergence_words import divergence_finding
from samestack.parity.evidence import Evidence
from samestack.parity.held_stack import HeldStack, held_stack, is_wish, package_identity
from samestack.parity.interpreter_law import interpreter_breaches
from samestack.parity.rules import STACK_UNLOCKED
from samestack.parity.sides import Relate, Side, divergences
from samestack.parity.system_law import system_breaches

LOCK = "the lock"


def stack_breaches(evidence: Evidence) -> Iterator[Breach]:
    """Whatever of the stacks is not one; what could not be read has no part in it."""
    if evidence.lock is None:
        yield _unlocked()
    held = held_stacks(evidence)
    source, sides = _package_sides(evidence, held)
    for one in divergences(sides, package_identity):
        difference = f"{Layer.PACKAGES}/{package_identity(one.component)}"
        yield breach(divergence_finding(one, source), one.environments, difference)
    yield from interpreter_breaches(
        {name: one.python for name, one in held.items()}, evidence.lock.table.python if evidence.lock else ""
    )
    yield from system_breaches(evidence)


def held_stacks(evidence: Evidence) -> Mapping[str, HeldStack]:
    """What is held against the others of each environment that was read, in the order of promotion."""
    return {
        one.name: held_stack(evidence.snapshots[one.name], evidence.lock, evidence.own)
        for one in evidence.environments
        if one.name in evidence.snapshots
    }


def _package_sides(evidence: Evidence, held: Mapping[str, HeldStack]) -> tuple[str, list[Side]]:
    """Each against the lock; without one, against the first that says what it has."""
    if evidence.lock is not None:
        return LOCK, [_side(evidence, name, one.locked, one.packages) for name, one in held.items()]
    told = {name: one for name, one in held.items() if not is_wish(evidence.snapshots[name])}
    if not told:
        return "", []
    first = next(iter(told))
    return first, [_side(evidence, name, told[first].packages, one.packages) for name, one in held.items()]


def _side(evidence: Evidence, name: str, expected: Stack, there: Stack) -> Side:
    return Side(name, expected, there, _relate_to(evidence, name))


def _relate_to(evidence: Evidence, name: str) -> Relate:
    """A wish differs where it is not met; a fact where it is not the same release, of the same ecosystem."""
    snapshot, lock = evidence.snapshots[name], evidence.lock
    if not is_wish(snapshot):
        return lambda _: Relation.DIFFERS
    origin = lock.snapshot.origin if lock else snapshot.origin

    def related(change: Change) -> Relation:
        return relate(change, origin, snapshot.origin)

    return related


def _unlocked() -> Breach:
    finding = Finding(
        rule=STACK_UNLOCKED,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject="lock",
        message="the project has no lock: nothing says which stack its environments are to be",
        remedy="decide the stack",
        command="samestack lock",
    )
    return breach(finding, ())
