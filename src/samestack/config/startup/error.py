"""What is wrong with a configuration, all of it at once and none of its values."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Problem:
    """One thing that is wrong: of which variable, what is wanted of it, and where it stands."""

    __slots__ = ("kind", "message", "place", "source", "variable")

    def __init__(self, variable: str, message: str, *, kind: str, source: str = "", place: str = "") -> None:
        self.variable = variable
        """``DATABASE__URL``; empty where a whole source, or several values together, are wrong."""
        self.message = message
        self.kind = kind
        """``missing``, ``unknown``, ``source``, or the type of error that the class's library gives:
        ``int_parsing``."""
        self.source = source
        """``config/production.toml``; empty where there is none that says anything."""
        self.place = place
        """The place in it: ``line 3``, ``database.url``."""

    @property
    def origin(self) -> str:
        """Source and place as one text."""
        return f"{self.source}, {self.place}" if self.place else self.source

    def __str__(self) -> str:
        where = f"{self.variable} ({self.origin})" if self.variable and self.source else ""
        subject = where or self.variable or self.origin
        return f"{subject}: {self.message}" if subject else self.message

    def __repr__(self) -> str:
        return f"Problem({str(self)!r}, kind={self.kind!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[str, ...]:
        return (self.variable, self.message, self.kind, self.source, self.place)


class ConfigurationError(Exception):
    """A configuration that the program cannot start with. Nothing in it is, or shows, a value."""

    def __init__(self, profile: str, problems: Sequence[Problem]) -> None:
        super().__init__(profile, tuple(problems))
        self.profile = profile
        """Empty where what was said for it is no name of a profile."""
        self.problems = tuple(problems)

    def __str__(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = (f"  {problem}" for problem in self.problems)
        named = f"the configuration '{self.profile}'" if self.profile else "the configuration"
        return "\n".join((f"{named} has {count}:", *lines))
