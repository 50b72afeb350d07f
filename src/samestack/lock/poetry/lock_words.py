"""What to tell Poetry so that it locks; Poetry 1 and 2 mean opposite things by a plain ``lock``."""

from collections.abc import Sequence


def lock_words(major: int, *, upgrade: Sequence[str] = (), is_anew: bool = False) -> tuple[str, ...]:
    """The command: keep what the lock has, but for ``upgrade``; or ``is_anew``, as if there were no lock."""
    if is_anew:
        return ("lock",) if major < 2 else ("lock", "--regenerate")
    if upgrade:
        return ("update", "--lock", *upgrade)
    return ("lock", "--no-update") if major < 2 else ("lock",)
