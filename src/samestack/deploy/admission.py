"""May an image be moved from one environment to another? By their order, the law and both histories."""

import re
from typing import Final, NamedTuple

from samestack.check.suggestion import did_you_mean
from samestack.deploy.entry import short
from samestack.deploy.history import History, read_history
from samestack.deploy.promotion import PromoteRequest, Surroundings
from samestack.errors import RequestError
from samestack.parity.report import ParityReport, State
from samestack.parity.settings import Environment, ParitySettings

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


class Admission(NamedTuple):
    """What was verified of the source."""

    report: ParityReport
    digest: str
    """The image; empty where the law does not hold."""
    stack: str
    source_chain: str


def ordered_pair(request: PromoteRequest, settings: ParitySettings) -> Environment:
    """The target; :class:`RequestError` where it does not come after the source."""
    declared(request.source, settings)
    target = declared(request.target, settings)
    if target.after != request.source:
        if target.after:
            message = f"'{target.name}' comes after '{target.after}', not after '{request.source}'"
            hint = f"samestack deploy promote {target.after} {target.name}"
        else:
            message = f"'{target.name}' comes after no environment"
            hint = f'say so in [tool.samestack.environments]: after = "{request.source}"'
        raise RequestError(message, hint=hint)
    return target


def declared(name: str, settings: ParitySettings) -> Environment:
    """An environment by its name; :class:`RequestError` where the project has none such."""
    found = settings.environment(name)
    if found is None:
        names = [one.name for one in settings.environments]
        hint = did_you_mean(name, names) if names else "declare it in [tool.samestack.environments]"
        raise RequestError(f"there is no environment '{name}'", hint=hint)
    return found


def admitted(request: PromoteRequest, surroundings: Surroundings) -> Admission:
    """What may be moved; :class:`RequestError` where the source is not what its history says."""
    if request.digest and not _DIGEST.fullmatch(request.digest):
        raise RequestError(f"'{request.digest[:80]}' is no digest", hint="sha256: and 64 hexadecimal digits")
    history = read_history(surroundings.project, request.source)
    _refuse_unfinished(history, declared(request.source, surroundings.settings))
    report = surroundings.parity(request.source)
    state = report.state(request.source)
    if state is None or not report.has_passed:
        return Admission(report, "", "", "")
    return Admission(report, _digest(request, state, history), state.digest, history.head)


def _refuse_unfinished(history: History, source: Environment) -> None:
    intent = history.unfinished
    if intent is not None:
        message = f"the promotion of {short(intent.digest)} to {source.name} has no outcome yet"
        hint = f"finish it first: samestack deploy promote {source.after} {source.name} --apply"
        raise RequestError(message, hint=hint)


def _digest(request: PromoteRequest, state: State, history: History) -> str:
    """The image that the source runs: as it was seen there, as its history says, and as was asked for."""
    said = {
        f"{request.source} runs": state.image_digest,
        "its history says": history.current.digest if history.current else "",
        "--digest says": request.digest,
    }
    told = {who: digest for who, digest in said.items() if digest}
    if not told:
        hint = "name the image that was built from this lock: --digest sha256:..."
        raise RequestError(f"{request.source} runs no image, and its history names none", hint=hint)
    if len(set(told.values())) > 1:
        words = ", ".join(f"{who} {short(digest)}" for who, digest in told.items())
        hint = f"see: samestack deploy history {request.source}"
        raise RequestError(f"it is not clear which image is meant: {words}", hint=hint)
    return next(iter(told.values()))
