"""One image moved on, or back: verified, intended, applied, awaited, and written down."""

import os

from msgspec import structs

from samestack.deploy.admission import Admission, admitted, declared, ordered_pair
from samestack.deploy.carrying_out import Scene, append_outcome, carry_out, finish, stamp
from samestack.deploy.entry import Entry, Outcome, short
from samestack.deploy.history import History
from samestack.deploy.journal import Journal, held_journal
from samestack.deploy.manifest_files import keep_manifests, kept_manifests, manifests_digest
from samestack.deploy.promotion import Promoted, PromoteRequest, RollbackRequest, Surroundings
from samestack.errors import RequestError
from samestack.parity.settings import Environment


def promote(request: PromoteRequest, surroundings: Surroundings) -> Promoted:
    """Move an image to the next environment.

    An earlier promotion without an outcome gets one first. :class:`~samestack.errors.SamestackError` where it
    may not be, or where it was refused; what was begun then has an outcome in the history, unless the cluster
    fell silent.
    """
    target = ordered_pair(request, surroundings.settings)
    with held_journal(surroundings.project, target.name, surroundings.who, stamp()) as journal:
        finished = _finished(journal, target, surroundings, applies=request.applies)
        admission = admitted(request, surroundings)
        if not admission.digest:
            return Promoted(report=admission.report, finished=finished)
        text = surroundings.render(target, admission.digest)
        promotion = _promotion(request, admission, target, text)
        intent = _intended(promotion, journal, surroundings, applies=request.applies)
        entry = _done(journal, target, intent, text, surroundings)
        return Promoted(entry=entry, report=admission.report, manifests=text, finished=finished)


def roll_back(request: RollbackRequest, surroundings: Surroundings) -> Promoted:
    """Move an environment back to what an earlier promotion brought there; errors as of :func:`promote`."""
    target = declared(request.environment, surroundings.settings)
    with held_journal(surroundings.project, target.name, surroundings.who, stamp()) as journal:
        finished = _finished(journal, target, surroundings, applies=request.applies)
        earlier = _earlier(journal.history, request)
        text = kept_manifests(surroundings.project, earlier.manifests)
        said = {"source": "", "source_chain": "", "message": "", "signature": "", "chain": ""}
        intent = _intended(structs.replace(earlier, **said), journal, surroundings, applies=request.applies)
        entry = _done(journal, target, intent, text, surroundings)
        return Promoted(entry=entry, manifests=text, finished=finished)


def _promotion(request: PromoteRequest, admission: Admission, target: Environment, text: str) -> Entry:
    """What is promoted, as an entry that nothing is known of yet."""
    return Entry(
        schema="samestack/deployment/1",
        promotion="",
        environment=target.name,
        outcome=Outcome.INTENDED,
        digest=admission.digest,
        source=request.source,
        source_chain=admission.source_chain,
        stack=admission.stack,
        profile=target.profile,
        manifests=manifests_digest(text),
        who="",
        when="",
    )


def _intended(entry: Entry, journal: Journal, surroundings: Surroundings, *, applies: bool) -> Entry:
    """The intent to bring there what an entry says, now and by whoever this is."""
    current = journal.history.current
    return structs.replace(
        entry,
        promotion=os.urandom(16).hex(),
        outcome=Outcome.INTENDED,
        previous=current.digest if current else "",
        applies=applies,
        who=surroundings.who,
        when=stamp(),
    )


def _done(
    journal: Journal, target: Environment, intent: Entry, text: str, surroundings: Surroundings
) -> Entry:
    """The outcome of an intent, whose manifests are ``text``."""
    surroundings.ask(intent)
    keep_manifests(surroundings.project, text)
    if intent.applies:
        with surroundings.cluster(target) as cluster:
            scene = Scene(journal, cluster, surroundings.who, surroundings.patience, surroundings.reporter)
            return carry_out(scene, intent, surroundings.sign)
    written = journal.append(surroundings.sign(journal.chained(intent)))
    return append_outcome(journal, written, Outcome.RENDERED, surroundings.who)


def _finished(
    journal: Journal, target: Environment, surroundings: Surroundings, *, applies: bool
) -> Entry | None:
    """The outcome that an interrupted promotion gets now; ``None`` where there is none."""
    intent = journal.history.unfinished
    if intent is None:
        return None
    if not intent.applies:
        message = "it was interrupted before its manifests were handed over"
        return append_outcome(journal, intent, Outcome.FAILED, surroundings.who, message)
    if not applies:
        message = f"{target.name}: the promotion of {short(intent.digest)} by {intent.who} has no outcome yet"
        raise RequestError(message, hint="--apply finishes it, or rolls it back, and then does this")
    with surroundings.cluster(target) as cluster:
        scene = Scene(journal, cluster, surroundings.who, surroundings.patience, surroundings.reporter)
        return finish(scene)


def _earlier(history: History, request: RollbackRequest) -> Entry:
    """The promotion to go back to: the latest with other manifests than the current one, or of a digest."""
    current = history.current
    if current is None:
        raise RequestError(f"nothing was ever deployed to '{request.environment}'")
    wanted = request.digest.removeprefix("sha256:")
    for entry in reversed(history.deployed):
        is_other = entry.manifests != current.manifests
        if entry.digest.removeprefix("sha256:").startswith(wanted) if wanted else is_other:
            return entry
    said = f"no {short(wanted)}" if wanted else "nothing else"
    hint = f"see: samestack deploy history {request.environment}"
    raise RequestError(f"{said} was deployed to '{request.environment}' before", hint=hint)
