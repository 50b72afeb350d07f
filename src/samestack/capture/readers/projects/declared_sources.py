"""Where a dependency is to come from: the tables of Poetry, uv and Pipenv, which are alike."""

from msgspec import Struct, structs

from samestack.capture.readers.locks.provenance import Provenance, of_address, of_index, of_repository


class DeclaredSource(Struct, frozen=True, kw_only=True):
    """A table that names a repository, an archive, a path or an index."""

    git: str | None = None
    rev: str | None = None
    tag: str | None = None
    branch: str | None = None
    ref: str | None = None
    """Pipenv's word for the commit."""
    subdirectory: str | None = None
    url: str | None = None
    path: str | None = None
    file: str | None = None
    editable: bool | None = None
    develop: bool | None = None
    """Poetry's word for editable."""
    workspace: bool = False
    index: str | None = None
    source: str | None = None
    """Poetry's word for the index."""


def provenance_of(declared: DeclaredSource) -> Provenance:
    """What a component says of it; ``ValueError`` when an address is none."""
    is_editable = bool(declared.editable or declared.develop)
    if declared.git is not None:
        revision = declared.rev or declared.ref or declared.tag or declared.branch
        found = of_repository(declared.git, revision, subdirectory=declared.subdirectory)
        return structs.replace(found, circumstances={"editable": True}) if is_editable else found
    address = declared.url or declared.file or declared.path
    if address is not None:
        return of_address(address, is_editable=is_editable)
    if declared.workspace:
        return Provenance(circumstances={"workspace": True})
    return of_index(declared.index or declared.source)
