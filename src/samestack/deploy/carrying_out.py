"""An intent is carried out to an outcome, whatever happens: applied, rolled back, or failed and said so.

Every step is written down, or marked on the cluster, before the next begins. So whoever finds an intent
without an outcome can tell from the cluster how far it came, and goes on from there.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

import msgspec

from samestack.deploy.awaiting import Patience, awaited
from samestack.deploy.bringing import Manifests, promotion_seen
from samestack.deploy.checkout import checkout
from samestack.deploy.cluster.claim import Claim, Holder, claimed
from samestack.deploy.cluster.cluster import ApplyRefusedError, Cluster, VersionConflictError
from samestack.deploy.cluster.rollout import Rollout, Standing
from samestack.deploy.entry import Entry, Outcome
from samestack.deploy.history import DIRECTORY
from samestack.deploy.journal import Journal
from samestack.deploy.manifest_files import documents_of, kept_manifests, manifests_path
from samestack.errors import SamestackError
from samestack.progress import Reporter


class Scene(NamedTuple):
    """Where and how something is carried out."""

    journal: Journal
    cluster: Cluster
    who: str
    patience: Patience
    reporter: Reporter


def stamp() -> str:
    """The time now, as entries say it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def carry_out(scene: Scene, intent: Entry, sign: Callable[[Entry], Entry]) -> Entry:
    """Append an intent, apply what it names, and append and return what became of it.

    :class:`SamestackError` where it was refused before anything was changed (the outcome says so, too), or
    where the cluster fell silent (there is no outcome then: :func:`finish` finds it).
    """
    with closing(_Attempt(scene, intent)) as attempt:
        attempt.look()
        scene.journal.append(sign(scene.journal.chained(intent)))
        return attempt.go()


def finish(scene: Scene) -> Entry | None:
    """Give the intent that has no outcome one, and return it; ``None`` where all have."""
    intent = scene.journal.history.unfinished
    if intent is None:
        return None
    with closing(_Attempt(scene, intent)) as attempt:
        return attempt.go_on()


def append_outcome(journal: Journal, intent: Entry, outcome: Outcome, who: str, message: str = "") -> Entry:
    """Write down what became of an intent."""
    said: dict[str, Any] = {
        "outcome": outcome,
        "who": who,
        "when": stamp(),
        "message": message,
        "signature": "",
    }
    return journal.append(msgspec.structs.replace(intent, **said))


class _Attempt:
    """One intent on its way, while its workload is claimed."""

    def __init__(self, scene: Scene, intent: Entry) -> None:
        self._scene = scene
        self._intent = intent
        self._new = self._manifests(intent)
        self._last = scene.journal.history.last_applied
        self._seen = ""
        holder = Holder(intent.promotion, scene.who, checkout(scene.journal.project / DIRECTORY))
        self._claim: Claim = claimed(scene.cluster, self._new.workload.name, holder)

    def close(self) -> None:
        """Let others claim the workload."""
        self._claim.release()

    def look(self) -> None:
        """Look at what the workload comes from; an error where the history does not know that."""
        self._seen = self._promotion(self._new)

    def go(self) -> Entry:
        """Try, apply, and wait."""
        try:
            self._new.try_on(self._scene.cluster)
            self._claim.renew()
        except SamestackError as error:
            self._append(Outcome.FAILED, f"nothing was changed: {error.message}")
            raise
        try:
            self._new.apply_to(self._scene.cluster, self._intent.promotion, self._seen)
        except (ApplyRefusedError, VersionConflictError) as error:
            return self._roll_back(error.message)
        return self._settle()

    def go_on(self) -> Entry:
        """Wait for what was applied; take back what was not applied whole."""
        self.look()
        if self._seen == self._intent.promotion:
            return self._settle()
        return self._roll_back("it was interrupted before all of it was applied")

    def _settle(self) -> Entry:
        ended = self._awaited(self._new)
        if ended.standing is not Standing.DONE:
            return self._roll_back(ended.detail)
        for entry in self._scene.journal.history.brought_since(self._last):
            self._manifests(entry).take_away_from(self._scene.cluster, self._new)
        return self._append(Outcome.APPLIED)

    def _roll_back(self, why: str) -> Entry:
        """Bring back what was applied last, and say why."""
        if self._last is None:
            return self._append(Outcome.FAILED, f"{why}; nothing was applied before, so what is there stays")
        old = self._manifests(self._last)
        try:
            old.apply_to(self._scene.cluster, self._last.promotion, self._promotion(old))
        except (ApplyRefusedError, VersionConflictError) as error:
            return self._append(Outcome.FAILED, f"{why}; nor could it be rolled back: {error.message}")
        ended = self._awaited(old)
        if ended.standing is not Standing.DONE:
            return self._append(Outcome.FAILED, f"{why}; nor does what ran before come up: {ended.detail}")
        self._new.take_away_from(self._scene.cluster, old)
        return self._append(Outcome.ROLLED_BACK, why)

    def _awaited(self, manifests: Manifests) -> Rollout:
        scene = self._scene
        return awaited(scene.cluster, manifests.workload, self._claim, scene.patience, scene.reporter)

    def _promotion(self, manifests: Manifests) -> str:
        """The promotion that the workload of these comes from now."""
        scene = self._scene
        return promotion_seen(scene.cluster, manifests.workload, scene.journal.history)

    def _append(self, outcome: Outcome, message: str = "") -> Entry:
        return append_outcome(self._scene.journal, self._intent, outcome, self._scene.who, message)

    def _manifests(self, entry: Entry) -> Manifests:
        project = self._scene.journal.project
        file = str(manifests_path(project, entry.manifests))
        documents = documents_of(kept_manifests(project, entry.manifests), file)
        return Manifests(documents, self._scene.cluster.namespace)
