"""``[tool.samestack.config]``: how a project is configured, and from which sources in which profile."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped
from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError

PLACE: Final = "tool.samestack.config"
SECONDS: Final = 5.0
"""How long a source may take, where the settings do not say."""
AGE_ENDING: Final = ".secrets.age"
"""What the name of a profile's encrypted file ends in."""
_BASE: Final = "base"
_ENDINGS: Final = (".toml", ".yaml", ".yml", ".json")


class SourceSettings(Struct, frozen=True, kw_only=True):
    """One source of a profile."""

    source: str
    """``KIND:LOCATOR``: ``consul:helpdesk/production``."""
    required: bool = True
    """Whether it is an error when it cannot be read, or has nothing."""
    seconds: float = SECONDS
    """How long it may take."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What else stands in its table; its kind says what it knows."""

    @property
    def kind(self) -> str:
        """``consul``."""
        return self.source.partition(":")[0]

    @property
    def locator(self) -> str:
        """``helpdesk/production``."""
        return self.source.partition(":")[2]


class ProfileSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What is particular to one profile."""

    sources: tuple[SourceSettings, ...] = ()
    """In addition to those of all profiles, and before them within a layer."""
    dotenv: bool | None = None
    """Whether ``.env`` is read; by default in ``development`` alone."""
    strict: bool | None = None
    """Whether what is only odd elsewhere fails; by default in ``production`` alone."""


class ConfigSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """The table; everything may be left out."""

    schema: str = ""
    """A pydantic class, ``package.module:Class``; empty for ``fields``, or for nothing that is checked."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Variables by name, for programs without such a class: see :mod:`samestack.config.schema.table`."""
    profile: str = "development"
    """The profile where nobody names one."""
    directory: str = "config"
    """Where the documents of the profiles stand."""
    sources: tuple[SourceSettings, ...] = ()
    """Of every profile."""
    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)
    age_recipients: tuple[str, ...] = ()
    """Public keys that ``config encrypt`` encrypts to."""
    baseline: str = ".samestack-secrets.toml"
    """The file with what ``config scan`` is to leave alone, and why."""

    def of_profile(self, profile: str) -> ProfileSettings:
        """What is particular to a profile; nothing where it has no table."""
        return self.profiles.get(profile, ProfileSettings())


def config_settings(file: Path) -> ConfigSettings:
    """What a manifest says; :class:`InputError` names the key, and what it was meant to be.

    ``file`` need not be there, or hold the table.
    """
    if not file.is_file():
        return ConfigSettings()
    return _settings(shaped(load_toml(file, dict[str, Any]), _Manifest, file=str(file)), str(file))


def profiles_of(settings: ConfigSettings, project: Path) -> tuple[str, ...]:
    """The profiles that a project has: those with a table, a document or an encrypted file, by name."""
    directory = project / settings.directory
    files = directory.iterdir() if directory.is_dir() else ()
    endings = (*_ENDINGS, AGE_ENDING)
    written = {path.name.removesuffix(end) for path in files for end in endings if path.name.endswith(end)}
    written = {name for name in written if name != _BASE and "." not in name}
    return tuple(sorted({*settings.profiles, *written}))


class _Own(Struct, frozen=True):
    config: dict[str, Any] = field(default_factory=dict)


class _Tool(Struct, frozen=True):
    samestack: _Own = field(default_factory=_Own)


class _Manifest(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


def _settings(manifest: _Manifest, file: str) -> ConfigSettings:
    table = dict(manifest.tool.samestack.config)
    _refuse_unknown(table, ConfigSettings, PLACE, file)
    table["sources"] = _sources(table.get("sources", []), f"{PLACE}.sources", file)
    profiles = table.get("profiles", {})
    for name, profile in profiles.items() if isinstance(profiles, dict) else ():
        place = f"{PLACE}.profiles.{name}"
        if not isinstance(profile, dict):
            raise InputError(file, "a profile is a table", place=place)
        _refuse_unknown(profile, ProfileSettings, place, file)
        profiles[name] = {
            **profile,
            "sources": _sources(profile.get("sources", []), f"{place}.sources", file),
        }
    try:
        return msgspec.convert(table, ConfigSettings, strict=True)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        raise InputError(file, message, place=f"{PLACE}{place.strip('`').removeprefix('$')}") from None


def _refuse_unknown(table: Mapping[str, Any], shape: type[Struct], place: str, file: str) -> None:
    for key in table:
        if key not in shape.__struct_encode_fields__:
            hint = did_you_mean(key, shape.__struct_encode_fields__)
            raise InputError(file, "there is no such key", place=f"{place}.{key}", hint=hint)


def _sources(said: object, place: str, file: str) -> list[dict[str, Any]]:
    """Each source as a table: a text is one with all that can be left out left out."""
    if not isinstance(said, list):
        raise InputError(file, "the sources are a list", place=place)
    return [_source(one, f"{place}[{index}]", file) for index, one in enumerate(said)]


def _source(said: object, place: str, file: str) -> dict[str, Any]:
    table = {"source": said} if isinstance(said, str) else said
    if not isinstance(table, dict) or not isinstance(table.get("source"), str):
        hint = 'for example "consul:helpdesk/production", or {source = "...", required = false}'
        raise InputError(file, "a source is a text, or a table with one", place=place, hint=hint)
    if not table["source"].partition(":")[2]:
        raise InputError(file, f"'{table['source']}' says no place", place=place, hint="write KIND:PLACE")
    if not _is_time(table.get("seconds", SECONDS)):
        raise InputError(file, "no such time", place=f"{place}.seconds", hint="more than 0, at most 300")
    own = {"source", "required", "seconds"}
    options = {key: value for key, value in table.items() if key not in own}
    return {**{key: table[key] for key in own if key in table}, "options": options}


def _is_time(said: object) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and 0 < said <= 300
