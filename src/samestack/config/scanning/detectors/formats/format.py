"""What one kind of secret looks like."""

from msgspec import Struct


class Format(Struct, frozen=True, kw_only=True):
    """What one kind of secret looks like."""

    kind: str
    """For people: ``an AWS access key id``."""
    keywords: tuple[str, ...]
    """One of these stands in every text that has such a secret: looked for first, since that is cheap."""
    pattern: str
    """A regular expression; its group ``secret`` is the secret, else all of it."""
    source: str
    """A public page about it."""
    is_random: bool = True
    """Whether all of it is drawn, so that a text of few characters is an example."""


def written(kind: str, keywords: str, pattern: str, source: str, *, is_random: bool = True) -> Format:
    """A row of a table; the keywords have spaces between them."""
    return Format(
        kind=kind, keywords=tuple(keywords.split()), pattern=pattern, source=source, is_random=is_random
    )
