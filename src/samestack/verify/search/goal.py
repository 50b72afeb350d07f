"""What an attempt has to mend, learnt from one that mended it."""

from typing import Self

from msgspec import Struct

from samestack.verify.search.bench import Attempt


class Goal(Struct, frozen=True):
    """Packages that have to work; or, where none works as a whole, the failures that have to be gone."""

    packages: frozenset[str]
    causes: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def between(cls, broken: Attempt, better: Attempt) -> Self | None:
        """What is whole in the better one; ``None`` where it mends nothing."""
        packages = broken.packages - better.packages
        if packages:
            return cls(packages)
        causes = broken.causes - better.causes
        return cls(frozenset(), causes) if causes and better.packages <= broken.packages else None

    def is_met_by(self, attempt: Attempt | None) -> bool:
        """Whether all of it is mended; what was not built mends nothing."""
        if attempt is None or attempt.result.trouble:
            return False
        return not self.packages & attempt.packages and not self.causes & attempt.causes
