"""The sources of a profile: those that its settings name, and those that every project has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.config.age.places import age_file_of
from samestack.config.rank import Rank
from samestack.config.schema.field import Schema
from samestack.config.settings import ConfigSettings, SourceSettings
from samestack.config.sources.profile_documents import documents_of

ENVIRONMENT: Final = SourceSettings(source="environment:", required=False)
"""The environment of this process, which every profile has."""
MOUNTED: Final = "/run/secrets"
"""Where container engines mount secrets."""
_DOTENV: Final = ".env"
_FOR_DOTENV: Final = "development"
_SHOWN_BY_PLACE: Final = ("file", "dotenv")


class ProfileSource(Struct, frozen=True, kw_only=True):
    """A source as a profile has it."""

    settings: SourceSettings
    rank: Rank | None = None
    """Its layer, where that is not its kind's: the base is a document below those of the profiles."""

    @property
    def shown(self) -> str:
        """As origins call it."""
        if self.settings == ENVIRONMENT:
            return "process environment"
        return self.settings.locator if self.settings.kind in _SHOWN_BY_PLACE else self.settings.source


def sources_of(
    settings: ConfigSettings, project: Path, profile: str, schema: Schema
) -> tuple[ProfileSource, ...]:
    """All of them but the environment; those of the profile before those of all profiles."""
    return tuple(_sources(settings, project, profile, schema))


def _sources(
    settings: ConfigSettings, project: Path, profile: str, schema: Schema
) -> Iterator[ProfileSource]:
    own = settings.of_profile(profile)
    for source in (*own.sources, *settings.sources):
        yield ProfileSource(settings=source)
    if (
        schema.fields and Path(MOUNTED).is_dir()
    ):  # without a schema, nobody knows which of its files are meant
        yield _optional(f"directory:{MOUNTED}")
    reads_dotenv = profile == _FOR_DOTENV if own.dotenv is None else own.dotenv
    if reads_dotenv and (project / _DOTENV).is_file():
        yield _optional(f"dotenv:{_DOTENV}")
    if secrets := age_file_of(project, settings, profile):
        yield ProfileSource(settings=SourceSettings(source=f"age:{secrets.relative_to(project)}"))
    for path, rank in documents_of(project, settings.directory, profile):
        place = path.relative_to(project)
        yield ProfileSource(settings=SourceSettings(source=f"file:{place}"), rank=rank)


def _optional(source: str) -> ProfileSource:
    return ProfileSource(settings=SourceSettings(source=source, required=False))
