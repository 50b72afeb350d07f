"""What a lock decides, for people: what changed, what a host must offer, and where the lock is."""

from collections.abc import Iterator
from typing import Final

from samestack.lock.lock_table import LockTable
from samestack.lock.outcome import Outcome, State
from samestack.model.change import Change
from samestack.project.manifest import HostNeeds
from samestack.render.component_text import short_digest, stated
from samestack.render.plain_page import Page

_STYLES: Final = {"+": "green", "-": "red", "~": "yellow"}
_STATES: Final = {
    State.CURRENT: "is current",
    State.STALE: "is not current",
    State.NEW: "is new",
    State.CHANGED: "has changed",
    State.UNCHANGED: "is as it was",
}
_INDENT: Final = 2


def lock_text(outcome: Outcome, *, width: int, has_styles: bool = False) -> str:
    """The outcome as text."""
    page = Page(width, has_styles=has_styles)
    page.text(_headline(outcome), "yellow" if outcome.state is State.STALE else "bold")
    for reason in outcome.reasons:
        page.text(reason, indent=_INDENT, mark="-")
    names = max((len(one.name) for one in outcome.changes), default=0)
    for change in outcome.changes:
        mark, said = _said(change)
        page.words((mark, _STYLES[mark]), (change.name.ljust(names), ""), (said, ""), indent=_INDENT)
    for line in _facts(outcome.table) if outcome.state is not State.STALE else ():
        page.text(line, "dim", indent=_INDENT)
    for note in outcome.notes:
        page.text(note, indent=_INDENT, mark="-", mark_style="blue")
    return str(page)


def _headline(outcome: Outcome) -> str:
    packages = f", {outcome.packages} packages" if outcome.packages else ""
    written = "" if outcome.is_written else "; nothing was written"
    return f"{outcome.path} {_STATES[outcome.state]}{packages}{written}"


def _said(change: Change) -> tuple[str, str]:
    before, after = change.before, change.after
    if before is None and after is not None:
        return "+", stated(after)
    if after is None and before is not None:
        return "-", stated(before)
    old, new = (stated(one) if one is not None else "" for one in (before, after))
    return "~", f"{old} -> {new}" if old != new else f"{old}, from another place"


def _facts(table: LockTable) -> Iterator[str]:
    where = ", ".join(table.platforms) or "any platform"
    dated = f", as of {table.as_of}" if table.as_of else ""
    digest = f", {short_digest(table.digest)}" if table.digest else ""
    yield f"for Python {table.python} on {where}{dated}{digest}" if table.python else f"for {where}{digest}"
    if needs := ", ".join(_needs(table.host)):
        yield f"a host needs {needs}"
    if table.system_packages:
        yield f"of the system it needs {', '.join(table.system_packages)}"
    if table.verified:
        yield f"verified: built and imported on {table.verified}"


def _needs(host: HostNeeds) -> Iterator[str]:
    if host.glibc:
        yield f"glibc {host.glibc}"
    if host.driver or host.cuda:
        driver = f"driver {host.driver}" if host.driver else "a driver"
        yield f"{driver} for CUDA {host.cuda}, to use a GPU" if host.cuda else f"NVIDIA {driver}"
