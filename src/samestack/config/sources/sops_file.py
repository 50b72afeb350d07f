"""A file that SOPS encrypted to age recipients: YAML, JSON or ``.env``."""

from pathlib import Path
from typing import Any, Final

from samestack.config.entry import Entry, Origin
from samestack.config.names import leaves
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.outside.local_file import file_revision, read_local


def _read(question: Question) -> tuple[Entry, ...]:
    """Every value, with the time of the file's last change: SOPS notes none of single values."""
    from samestack.config.age.identities import identities
    from samestack.config.sops.decrypting import decrypted, is_protected
    from samestack.config.sops.sops_file import parsed

    shown, path = _shown(question), _path(question)
    file = parsed(read_local(path, shown), path.suffix or path.name, shown)
    values = decrypted(file, identities(question.variables, shown), shown)
    return tuple(
        Entry(
            name=leaf.name,
            value=leaf.value,
            origin=Origin(
                source=shown,
                rank=Rank.SECRET_STORE,
                place=".".join(leaf.path),
                changed=file.metadata.lastmodified,
                is_protected=is_protected(_at(file.tree, leaf.path)),
            ),
        )
        for leaf in leaves(values, shown, question.maps)
    )


def _at(node: Any, path: tuple[str, ...]) -> object:  # noqa: ANN401 - a node of a document is anything
    for key in path:
        node = node[key]
    return node


def _revision(question: Question) -> str:
    return file_revision(_path(question), _shown(question))


def _path(question: Question) -> Path:
    return question.project / question.locator


def _shown(question: Question) -> str:
    return f"sops:{question.locator}"


KIND: Final = SourceKind(
    name="sops",
    rank=Rank.SECRET_STORE,
    summary="A YAML, JSON or .env file that SOPS encrypted to age recipients.",
    read=_read,
    revision=_revision,
    keeps_secrets=True,
)
