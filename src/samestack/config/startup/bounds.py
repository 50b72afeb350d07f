"""How much a document may hold: a few aliases of YAML stand for billions of values, or for themselves."""

from __future__ import annotations

MAX_DEPTH = 200
MAX_VALUES = 1_000_000


def is_bounded(document: object) -> bool:
    """Whether a document, its aliases written out, nests at most so deep and has at most so many values."""
    pending = [(document, 0)]
    for _ in range(MAX_VALUES):
        if not pending:
            return True
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            return False
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        pending.extend((one, depth + 1) for one in inner)
    return not pending
