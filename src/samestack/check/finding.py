"""One thing that a check has to say."""

from enum import StrEnum

from msgspec import Struct

from samestack.model.layer import Layer


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    ERROR = "error"
    """Something will fail: at installation, at import, or when it is first used."""
    WARNING = "warning"
    """Something can fail, or answers may be other than expected, depending on what is used."""
    UNKNOWN = "unknown"
    """It could not be decided whether there is anything to find, and what is missing for that is said."""
    NOTE = "note"
    """Nothing fails; it is good to know."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a rule found: what happens, to what, how that is known, and what mends it."""

    rule: str
    """The rule's id: ``numpy-abi``."""
    severity: Severity
    layer: Layer
    subject: str
    """The name of the component that is at fault, or that cannot work: ``pandas``."""
    at: str = ""
    """Which of several environments of one snapshot, as in :class:`~samestack.model.Component`."""
    message: str
    """One sentence: what is the matter, and what happens because of it."""
    evidence: tuple[str, ...] = ()
    """What was read that shows it, a fact a line."""
    remedy: str = ""
    """One sentence: what to do about it."""
    command: str = ""
    """The command that does it, where one command does: ``pip install "numpy<2"``."""
    place: str = ""
    """The file or directory that the finding is about."""
    sources: tuple[str, ...] = ()
    """Public pages that say so, for what is known and not read."""
