"""What a promotion or a rollback came to, on the terminal: the manifests, or a sentence; and the status."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from samestack.cli.main import INTERRUPTED
from samestack.cli.output import deliver
from samestack.deploy.entry import DEPLOYED, Entry, Outcome, short
from samestack.deploy.manifest_files import manifests_path
from samestack.render.printable import printable

if TYPE_CHECKING:
    from samestack.deploy.promotion import Promoted


def delivered(work: "Callable[[], Promoted]") -> int:
    """Do the work and say what came of it; 0 where it is applied or rendered, else 1."""
    try:
        promoted = work()
    except KeyboardInterrupt:
        _say("interrupted: what the cluster has begun goes on; the next promotion or rollback finishes it")
        return INTERRUPTED
    if promoted.finished is not None:
        _say(f"an interrupted promotion came first: {_sentence(promoted.finished)}")
    if promoted.entry is None:
        return _refused(promoted)
    if promoted.entry.outcome is Outcome.RENDERED:
        deliver(promoted.manifests.encode(), None)
        _say(f"nothing was applied; these are {manifests_path_of(promoted.entry)}")
    else:
        sys.stdout.write(f"{printable(_sentence(promoted.entry))}\n")
    return 0 if promoted.entry.outcome in DEPLOYED else 1


def manifests_path_of(entry: Entry) -> str:
    """Where an entry's manifests stand in the project."""
    from pathlib import Path

    return str(manifests_path(Path(), entry.manifests))


def _refused(promoted: "Promoted") -> int:
    """Say why the law does not hold, as ``samestack parity`` does."""
    from samestack.render.parity.parity_table import print_parity

    report = promoted.report
    if report is not None:
        deliver(lambda console: print_parity(report, console), None)
    _say("nothing was promoted: the law does not hold")
    return 1


def _sentence(entry: Entry) -> str:
    words = {
        Outcome.APPLIED: f"{entry.environment} runs {short(entry.digest)}",
        Outcome.ROLLED_BACK: f"{entry.environment}: {short(entry.digest)} was rolled back",
        Outcome.FAILED: f"{entry.environment}: {short(entry.digest)} failed",
    }
    said = words.get(entry.outcome, f"{entry.environment}: {short(entry.digest)} {entry.outcome}")
    return f"{said}: {entry.message}" if entry.message else said


def _say(text: str) -> None:
    sys.stderr.write(f"note: {printable(text)}\n")
