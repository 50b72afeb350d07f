"""Names of variables that are secrets, and names that are the system's."""

import pytest

from samestack.config.inference.names import is_of_surroundings, is_secret_name


@pytest.mark.parametrize(
    "name",
    ["API_KEY", "HF_TOKEN", "DB_PASSWORD", "SECRET_KEY_BASE", "AWS_SECRET_ACCESS_KEY", "DB_PASS", "APIKEY"],
)
def test_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("KEY", "KEYBOARD", "PUBLIC_KEY", "SORT_KEY", "TOKENIZER", "TOKEN_LIMIT", "SECRET_NAME"),
        *("PASSWORD_FILE", "AWS_ACCESS_KEY_ID", "BYPASS", "_"),
    ],
)
def test_no_secrets(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("name", "is_so"), [("PATH", True), ("LC_ALL", True), ("WORLD_SIZE", True), ("HF_HOME", False)]
)
def test_surroundings(name: str, is_so: bool) -> None:  # noqa: FBT001
    assert is_of_surroundings(name) is is_so
