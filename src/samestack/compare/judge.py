"""Two snapshots, compared and judged: the answer of ``samestack diff``."""

from itertools import chain

from samestack.compare.changes import compare
from samestack.compare.coverage import coverage
from samestack.compare.difference import Comparison, Difference, Relation, Side
from samestack.compare.identity import identity_in
from samestack.compare.markers import applicable, marker_environment
from samestack.compare.relation import relate
from samestack.compare.risk import assess
from samestack.model import Origin, Snapshot, Stack
from samestack.model.change import Change


def judge(before: Snapshot, after: Snapshot) -> Comparison:
    """Every change between two snapshots, with how its sides stand to each other and what it can do."""
    old, new = _selected(before, after), _selected(after, before)
    changes = chain(
        compare(before.host, after.host),
        compare(old, new, before_identity=identity_in(old), after_identity=identity_in(new)),
        compare(before.configuration, after.configuration),
    )
    return Comparison(
        before=_side(before),
        after=_side(after),
        differences=tuple(_judged(change, before.origin, after.origin) for change in changes),
        coverage=coverage(before, after),
    )


def _selected(declared: Snapshot, other: Snapshot) -> Stack:
    """What of a stack applies where the other one is: universal locks speak of many Pythons and systems."""
    environment = marker_environment(other.stack, other.host) or marker_environment(
        declared.stack, declared.host
    )
    return declared.stack if environment is None else applicable(declared.stack, environment)


def _judged(change: Change, before: Origin, after: Origin) -> Difference:
    relation = relate(change, before, after)
    if relation in {Relation.AGREES, Relation.UNSTATED}:
        return Difference(change=change, relation=relation)
    risk, reasons = assess(change)
    return Difference(change=change, relation=relation, risk=risk, reasons=reasons)


def _side(snapshot: Snapshot) -> Side:
    components = len(snapshot.stack) + len(snapshot.host) + len(snapshot.configuration)
    return Side(origin=snapshot.origin, digest=snapshot.stack.digest, components=components)
