"""Which tags a repository has."""

import msgspec
from msgspec import Struct

from samestack.errors import OutsideError
from samestack.oci.registry.exchange import Question
from samestack.oci.registry.repository import Repository


class _Tags(Struct, frozen=True):
    tags: tuple[str, ...] | None = None


def tags_of(repository: Repository) -> tuple[str, ...]:
    """The first hundred or so, for whoever named one that is not there; none where that cannot be said."""
    work = f"listing what {repository.name} has"
    try:
        answer = repository.ask(Question(method="GET", address="tags/list?n=100", work=work))
        found = msgspec.json.decode(answer.body, type=_Tags).tags or ()
    except (OutsideError, msgspec.MsgspecError, UnicodeDecodeError):
        return ()
    return tuple(one for one in found if one.isprintable() and len(one) <= 128)
