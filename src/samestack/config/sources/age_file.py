"""A profile's age file: secrets that are kept with the code, readable only to those they are encrypted to."""

from pathlib import Path
from typing import Final

from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.outside.local_file import file_revision


def _read(question: Question) -> tuple[Entry, ...]:
    from samestack.config.age.store import read_secrets

    shown = _shown(question)
    secrets = read_secrets(_path(question), shown, question.variables)
    return tuple(
        Entry(
            name=name,
            value=secret.value,
            origin=Origin(source=shown, rank=Rank.SECRET_STORE, place=name, changed=secret.changed),
        )
        for name, secret in sorted(secrets.variables.items())
    )


def _revision(question: Question) -> str:
    return file_revision(_path(question), _shown(question))


def _path(question: Question) -> Path:
    return question.project / question.locator


def _shown(question: Question) -> str:
    return f"age:{question.locator}"


KIND: Final = SourceKind(
    name="age",
    rank=Rank.SECRET_STORE,
    summary="A file of secrets encrypted by age, as samestack config encrypt makes it.",
    read=_read,
    revision=_revision,
    keeps_secrets=True,
)
"""The names are encrypted, too: who may not read the values cannot tell what is there."""
