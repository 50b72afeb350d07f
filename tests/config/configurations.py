"""Values and projects for the tests of configuration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samestack.config.entry import Entry, Origin, Value
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution
from samestack.config.resolving import ResolveRequest, resolve
from samestack.config.schema.field import Field, Schema


def entry(name: str, value: object, rank: Rank = Rank.PROFILE, **origin: Any) -> Entry:
    """An entry whose source is called like its layer."""
    said = {"source": rank.name.lower(), **origin}
    return Entry(name=name, value=value, origin=Origin(rank=rank, **said))


def value(name: str, said: object, rank: Rank = Rank.PROFILE, *shadowed: Entry, **origin: Any) -> Value:
    """A value, and what it shadows."""
    first = entry(name, said, rank, **origin)
    return Value(name=name, value=said, origin=first.origin, shadowed=shadowed)


def resolution(*values: Value, fields: tuple[Field, ...] = ()) -> Resolution:
    """A resolution of these values, with which nothing is wrong."""
    return Resolution(profile="test", project=Path(), schema=Schema(fields=fields), values=values, sources=())


class Project:
    """A project whose files a test writes."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def write(self, files: Mapping[str, str]) -> None:
        """Files by their paths in the project."""
        for name, text in files.items():
            path = self.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def resolved(
        self, profile: str = "", variables: Mapping[str, str] | None = None, **more: Any
    ) -> Resolution:
        """The configuration of a profile."""
        request = ResolveRequest(project=self.directory, profile=profile, variables=variables or {}, **more)
        return resolve(request)
