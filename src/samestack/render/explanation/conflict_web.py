"""The conflicts as a web: wishes on the left, packages between, what they cannot agree on at the right."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from samestack.render.explanation.explanation_text import place_of, refusal_of
from samestack.render.explanation.wish_chains import offers_of, wish_chains
from samestack.solve.explanation import Conflict, Demand
from samestack.solve.problem import Wish
from samestack.solve.wanted import wanted

Kind = Literal["wish", "package", "contested", "target"]


class Node(Struct, kw_only=True):
    """Something in the web; what it asks for stands in its rows, and a link begins at each."""

    key: str
    kind: Kind
    title: str
    note: str = ""
    rows: list[str]
    numbers: list[int]
    """The conflicts that it is part of, from 1."""


class Thread(Struct, frozen=True, kw_only=True):
    """A link: from a node, or one of its rows, to a node."""

    source: str
    row: int | None
    target: str
    is_clash: bool
    """Whether it is a demand for what is contested; not where a wish is only part of the conflict."""
    number: int
    """Of the conflict."""


class Web(Struct, frozen=True):
    """All nodes and links, in the order of the conflicts."""

    nodes: tuple[Node, ...]
    threads: tuple[Thread, ...]


def web_of(conflicts: Iterable[Conflict]) -> Web:
    """The web of some conflicts; what several have in common stands in it once."""
    weaver = _Weaver()
    for number, conflict in enumerate(conflicts, start=1):
        weaver.weave(number, conflict)
    return Web(tuple(weaver.nodes.values()), tuple(weaver.threads))


class _Weaver:
    """Gathers nodes and links, and keeps every link leading away from the wishes."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.threads: dict[Thread, None] = {}
        self._after: dict[str, set[str]] = {}

    def weave(self, number: int, conflict: Conflict) -> None:
        """Add one conflict."""
        contested = self._node(
            f"contested {conflict.layer} {conflict.contested}", "contested", conflict.contested
        )
        contested.note = refusal_of(conflict)
        self._count(contested, number)
        for one in wish_chains(conflict):
            for demands in one.chains or ((),):
                self._chain(number, one.wish, demands, contested)
        for offer in offers_of(conflict):
            self._offer(number, offer, contested)

    def _offer(self, number: int, offer: Demand, contested: Node) -> None:
        """What the target has instead of what is contested."""
        node = self._node(f"target {offer.wanted}", "target", offer.asker)
        node.note = f"has {offer.wanted}"
        self._count(node, number)
        self._link(node, None, contested, number, is_clash=True)

    def _chain(self, number: int, wish: Wish, demands: Sequence[Demand], contested: Node) -> None:
        node = self._node(f"wish {wish.file} {wish.line} {wish.place} {wish.text}", "wish", wish.text)
        node.note = place_of(wish)
        self._count(node, number)
        row: int | None = None
        for demand in demands:
            following = self._package(node, demand.asker)
            self._link(node, row, following, number, is_clash=False)
            node = following
            self._count(node, number)
            if demand.wanted not in node.rows:
                node.rows.append(demand.wanted)
            row = node.rows.index(demand.wanted)
        is_clash = bool(demands) or _is_about(wish, contested.title)
        self._link(node, row, contested, number, is_clash=is_clash)

    def _package(self, before: Node, title: str) -> Node:
        """The package's node; another one of it where a link to the first would lead back."""
        copy = 0
        while self._leads(key := f"package {copy} {title}", before.key):
            copy += 1
        return self._node(key, "package", title)

    def _node(self, key: str, kind: Kind, title: str) -> Node:
        return self.nodes.setdefault(key, Node(key=key, kind=kind, title=title, rows=[], numbers=[]))

    def _count(self, node: Node, number: int) -> None:
        if number not in node.numbers:
            node.numbers.append(number)

    def _link(self, source: Node, row: int | None, target: Node, number: int, *, is_clash: bool) -> None:
        thread = Thread(source=source.key, row=row, target=target.key, is_clash=is_clash, number=number)
        self.threads.setdefault(thread)
        self._after.setdefault(source.key, set()).add(target.key)

    def _leads(self, start: str, end: str) -> bool:
        """Whether links lead from one node to another."""
        pending, seen = [start], {start}
        while pending:
            key = pending.pop()
            if key == end:
                return True
            fresh = self._after.get(key, set()) - seen
            seen |= fresh
            pending += fresh
        return False


def _is_about(wish: Wish, contested: str) -> bool:
    """Whether a wish itself asks for what is contested."""
    said = wanted(wish.text)
    return contested in {wish.text, said.key if said is not None else ""}
