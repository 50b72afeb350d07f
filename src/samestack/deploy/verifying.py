"""Histories held against each other, and their signatures against the keys that are allowed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from samestack.deploy.history import History, read_history
from samestack.deploy.signing import signature_faults


def history_faults(project: Path, histories: Iterable[History], signers: Path) -> tuple[str, ...]:
    """What is wrong with histories that are whole by themselves, a line each.

    Signatures are only judged where there is a file of allowed signers, or something is signed.
    """
    return tuple(fault for history in histories for fault in _faults(project, history, signers))


def _faults(project: Path, history: History, signers: Path) -> Iterator[str]:
    yield from _lost_lines(project, history)
    if signers.is_file() or any(entry.signature for entry in history.entries):
        yield from signature_faults(history, signers)


def _lost_lines(project: Path, history: History) -> Iterator[str]:
    """Promotions from an environment whose history no longer has the line that they name."""
    known = {
        source: {line.digest for line in read_history(project, source).lines}
        for source in {entry.source for entry in history.entries if entry.source_chain}
    }
    for number, entry in enumerate(history.entries, start=1):
        if entry.source_chain and entry.source_chain not in known[entry.source]:
            lost = f"the line of {entry.source} that it comes from is not in that history any more"
            yield f"{history.file}: line {number}: {lost}"
