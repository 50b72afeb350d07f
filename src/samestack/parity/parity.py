"""The way in: the environments of a project are read and held against the law."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.check.catalogue import rules
from samestack.check.finding import Finding, Severity
from samestack.check.suggestion import did_you_mean
from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.lock.reading import find_lock, read_lock
from samestack.model import Layer
from samestack.parity.configuring import configured
from samestack.parity.evidence import Answering, Evidence
from samestack.parity.held_stack import HeldStack, is_wish
from samestack.parity.host_law import HOST_RULES
from samestack.parity.law import Judgement, judged
from samestack.parity.observing import observed
from samestack.parity.replaying import replayed
from samestack.parity.report import ParityReport, State, Verdict
from samestack.parity.request import ParityRequest
from samestack.parity.settings import Environment, ParitySettings, environments_of, ordered
from samestack.parity.showing import settings_shown
from samestack.parity.stack_law import held_stacks
from samestack.progress import Reporter
from samestack.project.manifest import Project
from samestack.project.reading import read_project

MANIFEST: Final = "pyproject.toml"
_EXAMPLE: Final = '[tool.samestack.environments] development = { reference = "venv:.venv" }'


def parity(request: ParityRequest, reporter: Reporter) -> ParityReport:
    """Read every environment that is asked for, and say whether the law holds.

    What is wrong stands in the report, what cannot be reached too. :class:`~samestack.errors.RequestError`
    where there is nothing to ask, :class:`~samestack.errors.InputError` for settings that are malformed.
    """
    settings = environments_of(request.project / MANIFEST)
    asked = _asked(settings, request)
    project = read_project(request.project)
    evidence = _evidence(asked, project, request, reporter)
    now = dt.datetime.now(dt.UTC)
    host_rules = [rule for rule in rules() if rule.id in HOST_RULES]
    judgement = judged(evidence, settings.allowances, now.date(), rules=host_rules, place=MANIFEST)
    held = held_stacks(evidence)
    return ParityReport(
        project=project.name,
        checked_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lock=evidence.lock.path.name if evidence.lock else "",
        states=tuple(_state(one, evidence, held.get(one.name), judgement) for one in asked),
        findings=judgement.findings,
        allowed=judgement.allowed,
        settings=settings_shown(evidence.resolutions),
        replays=tuple(
            f"{one.recording} in {one.environment}"
            for one in evidence.replays
            if one.answering in (Answering.SAME, Answering.DIFFERS)
        ),
    )


def _asked(settings: ParitySettings, request: ParityRequest) -> Sequence[Environment]:
    environments = ordered(settings)
    if not environments:
        raise RequestError(f"{request.project / MANIFEST}: no environment is named", hint=_EXAMPLE)
    known = [one.name for one in environments]
    for name in request.environments:
        if name not in known:
            message = f"{request.project / MANIFEST}: there is no environment '{name}'"
            raise RequestError(message, hint=did_you_mean(name, known))
    return [one for one in environments if not request.environments or one.name in request.environments]


def _evidence(
    asked: Sequence[Environment], project: Project, request: ParityRequest, reporter: Reporter
) -> Evidence:
    configurations = configured(asked, request.project, request.variables, request.seconds)
    read = observed(asked, request.project, request.seconds, reporter)
    told = configurations()
    return Evidence(
        environments=tuple(asked),
        lock=_lock(project),
        own=project.name,
        snapshots=read.snapshots,
        hosts=read.hosts,
        silences=_joined(read.silences, told.silences),
        image_digests=read.image_digests,
        health=read.health,
        deployed={one.name: request.deployed(one.name) for one in asked},
        resolutions=told.resolutions,
        replays=replayed(asked, read.snapshots, request.project, reporter) if request.replays else (),
    )


def _lock(project: Project) -> Lock | None:
    path = find_lock(project)
    return None if path is None else read_lock(path)


def _joined(*silences: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    names = dict.fromkeys(name for one in silences for name in one)
    return {name: tuple(text for one in silences for text in one.get(name, ())) for name in names}


def _state(
    environment: Environment, evidence: Evidence, held: HeldStack | None, judgement: Judgement
) -> State:
    name = environment.name
    findings = [one for one in judgement.about(name) if one.severity is not Severity.NOTE]
    snapshot, resolution = evidence.snapshots.get(name), evidence.resolutions.get(name)
    has_digest = held is not None and snapshot is not None and not is_wish(snapshot)
    return State(
        environment=name,
        reference=without_credentials(environment.reference),
        standing=_verdict(findings),
        profile=environment.profile,
        after=environment.after,
        digest=held.packages.digest if held and has_digest else "",
        locked_digest=held.locked.digest if held and has_digest and evidence.lock else "",
        image_digest=next(iter(evidence.image_digests.get(name, ())), ""),
        captured_at=snapshot.origin.captured_at if snapshot else "",
        packages=len(held.packages.layer(Layer.PACKAGES)) if held else 0,
        variables=len(resolution.values) if resolution else 0,
        message=findings[0].message if findings else "",
    )


def _verdict(findings: Sequence[Finding]) -> Verdict:
    """The gravest finding decides; an environment of which nothing is known neither holds nor fails."""
    if any(one.severity in (Severity.ERROR, Severity.WARNING) for one in findings):
        return Verdict.FAILS
    return Verdict.UNKNOWN if findings else Verdict.HOLDS
