"""From a profile to its configuration: sources asked, layers laid, values typed, all that is wrong told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.check.finding import Finding
from samestack.config.asking import Answer, answers
from samestack.config.entry import Entry, Origin, Value
from samestack.config.layering import layered
from samestack.config.policy import judged
from samestack.config.profile_sources import ENVIRONMENT, ProfileSource, sources_of
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution, SourceState
from samestack.config.schema.field import Field, Schema
from samestack.config.schema.reading import read_schema
from samestack.config.schema.typing import typed
from samestack.config.schema.validating import validated
from samestack.config.settings import ConfigSettings, SourceSettings, config_settings, profiles_of
from samestack.config.sources.kind import Question
from samestack.errors import RequestError

MANIFEST: Final = "pyproject.toml"
OVERRIDES: Final = SourceSettings(source="--set", required=False)
PROFILE_VARIABLE: Final = "SAMESTACK_PROFILE"
"""The variable that names the profile where nobody else does."""
_STRICT: Final = "production"


class ResolveRequest(Struct, frozen=True, kw_only=True):
    """What is to be resolved, and with what."""

    project: Path
    profile: str = ""
    """Empty: what :data:`PROFILE_VARIABLE` names, then what the settings do."""
    overrides: tuple[tuple[str, str], ...] = ()
    """Names and values of ``--set``."""
    variables: Mapping[str, str]
    """The environment of this process."""
    environment: Path | None = None
    """The project's virtual environment, in which a pydantic class is read."""
    presence_only: bool = False
    """Whether to ask only what is there, of the sources that tell that without values."""
    asks_class: bool = False
    """Whether to ask the validators of the class, too, which starts its interpreter."""

    def __repr__(self) -> str:
        return f"ResolveRequest({self.project}, {self.profile})"

    def question(
        self, source: ProfileSource, profile: str, schema: Schema, names: frozenset[str] = frozenset()
    ) -> Question:
        """What a source is asked; ``names`` are those that are asked for where there is no schema."""
        return Question(
            locator=source.settings.locator,
            project=self.project,
            profile=profile,
            names=schema.names or names,
            maps=schema.maps,
            variables=self.variables,
            options=source.settings.options,
            seconds=source.settings.seconds,
        )


def resolve(request: ResolveRequest) -> Resolution:
    """The configuration of a profile.

    What is wrong with values and sources stands in its findings. :class:`~samestack.errors.RequestError` for
    a profile or a kind of source that there is not, :class:`~samestack.errors.InputError` for a manifest that
    is malformed.
    """
    settings = config_settings(request.project / MANIFEST)
    profile = profile_of(request, settings)
    schema = read_schema(settings, request.project / MANIFEST, request.project, request.environment)
    told = _told(request, settings, profile, schema)
    values = layered(_prepared(told, schema))
    values, wrong = validated(values, schema, profile)
    findings = [*(finding for answer in told for finding in answer.findings), *wrong]
    findings += judged(
        values, schema, strict=_is_strict(settings, profile), now=_now(), project=request.project
    )
    if request.asks_class and schema.has_checks:
        findings += _rejected(values, schema, request, findings)
    return Resolution(
        profile=profile,
        project=request.project,
        schema=schema,
        values=values,
        sources=tuple(sorted((answer.state for answer in told), key=lambda state: state.rank)),
        findings=tuple(sorted(findings, key=lambda one: (one.severity.rank, one.subject, one.rule))),
    )


def listed_sources(request: ResolveRequest, profile: str, schema: Schema) -> tuple[ProfileSource, ...]:
    """The sources of a profile as they are there now; of the environment, which cannot change, nothing."""
    settings = config_settings(request.project / MANIFEST)
    return sources_of(settings, request.project, profile, schema)


def profile_of(request: ResolveRequest, settings: ConfigSettings) -> str:
    """The profile that is asked for; :class:`~samestack.errors.RequestError` where there is none such."""
    profile = request.profile or request.variables.get(PROFILE_VARIABLE, "") or settings.profile
    known = profiles_of(settings, request.project)
    if profile in known or (profile == settings.profile and not request.profile):
        return profile
    if not known:
        hint = f"write {settings.directory}/{profile}.toml, or let samestack config init do it"
        raise RequestError(f"{request.project}: no profile is configured here", hint=hint)
    from samestack.check.suggestion import did_you_mean

    hint = did_you_mean(profile, known) or f"there are: {', '.join(known)}"
    raise RequestError(f"{request.project}: there is no profile '{profile}'", hint=hint)


def _told(
    request: ResolveRequest, settings: ConfigSettings, profile: str, schema: Schema
) -> tuple[Answer, ...]:
    """The answers of all sources. Without a schema, the environment is asked for what the others name."""
    told = answers(
        sources_of(settings, request.project, profile, schema),
        lambda source: request.question(source, profile, schema),
        presence_only=request.presence_only,
    )
    named = frozenset(entry.name for answer in told for entry in answer.entries)
    surroundings = answers(
        (ProfileSource(settings=ENVIRONMENT),),
        lambda source: request.question(source, profile, schema, named),
        presence_only=request.presence_only,
    )
    return (*_overridden(request.overrides), *surroundings, *told)


def _overridden(overrides: tuple[tuple[str, str], ...]) -> tuple[Answer, ...]:
    if not overrides:
        return ()
    origin = Origin(source=OVERRIDES.source, rank=Rank.OVERRIDE, is_protected=False)
    last = dict(overrides)
    entries = tuple(Entry(name=name, value=value, origin=origin) for name, value in last.items())
    state = SourceState(
        settings=OVERRIDES, shown=OVERRIDES.source, rank=Rank.OVERRIDE, variables=len(entries)
    )
    return (Answer(state=state, entries=entries),)


def _prepared(told: Iterable[Answer], schema: Schema) -> Iterable[Entry]:
    """The entries by the names of their fields; maps that were written as texts are maps, so that they merge.

    Of two names that one source has for one field, the one that the program reads first goes before.
    """
    fields = {name: field for field in schema.fields for name in field.names}
    for answer in told:
        known = [(entry, fields.get(entry.name)) for entry in answer.entries]
        known.sort(key=lambda one: 0 if one[1] is None else one[1].names.index(one[0].name))
        for entry, field in known:
            yield entry if field is None else _of_field(entry, field)


def _of_field(entry: Entry, field: Field) -> Entry:
    value = entry.value
    if field.is_map and isinstance(value, str):
        try:
            value = typed(value, field)
        except ValueError:
            value = entry.value  # what is wrong with it is said where all values are judged
    return Entry(name=field.name, value=value, origin=entry.origin)


def _rejected(
    values: tuple[Value, ...], schema: Schema, request: ResolveRequest, found: Iterable[Finding]
) -> Iterable[Finding]:
    """What the class itself has against the values, of those with which nothing else is wrong."""
    from samestack.config.schema.rejecting import rejected

    known = {finding.subject for finding in found}
    readable = tuple(value for value in values if value.value is not msgspec.UNSET)
    if len(readable) < len(values):
        return ()
    told = rejected(readable, schema, request.environment, request.project)
    return (one for one in told if one.subject not in known)


def _is_strict(settings: ConfigSettings, profile: str) -> bool:
    said = settings.of_profile(profile).strict
    return profile == _STRICT if said is None else said


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
