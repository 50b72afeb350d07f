"""What Poetry is told, which differs between its major versions."""

import pytest

from samestack.lock.poetry.lock_words import lock_words


@pytest.mark.parametrize(
    ("major", "upgrade", "is_anew", "words"),
    [
        (1, (), False, "lock --no-update"),
        (1, (), True, "lock"),
        (1, ("a", "b"), False, "update --lock a b"),
        (2, (), False, "lock"),
        (2, (), True, "lock --regenerate"),
        (2, ("a", "b"), False, "update --lock a b"),
        (2, ("a",), True, "lock --regenerate"),
    ],
)
def test_words(major: int, upgrade: tuple[str, ...], words: str, *, is_anew: bool) -> None:
    assert " ".join(lock_words(major, upgrade=upgrade, is_anew=is_anew)) == words
