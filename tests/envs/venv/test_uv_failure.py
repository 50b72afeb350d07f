"""What uv says of a failure, in a line with a remedy."""

from pathlib import Path

import pytest

from samestack.envs.venv.uv_failure import failure


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("cause: failed to read directory `/home/a/uv/archive-v0/-5f85`: No such file", "uv cache clean"),
        ("error: Failed to install\n  cause: No space left on device (os error 28)", "make room"),
        ("error: Hash mismatch for `click==8.1.8`", "not the one that was locked"),
        ("error: Failed to fetch: `https://registry.example.com/simple/click/`", "look at the network"),
    ],
)
def test_each_failure_has_its_remedy(said: str, remedy: str) -> None:
    error = failure(said, Path("pylock.toml"))
    assert error.message.startswith("pylock.toml: ")
    assert remedy in str(error.hint)


def test_no_credential_is_repeated() -> None:
    said = "error: Failed to fetch: `https://me:secret@registry.example.com/simple/click/`"
    assert "secret" not in failure(said, Path("pylock.toml")).message
