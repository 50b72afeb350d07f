"""Secrets as TOML in an editor, and what comes back."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.config.age.editing import document_values, editable, rebased
from samestack.config.age.secret_document import Secrets, is_same, replaced
from samestack.errors import InputError
from tests.config.age.values import NAMES, SECRETS, VALUES

THEN, NOW = "2026-01-01T00:00:00Z", "2026-03-01T12:00:00Z"
CANARY = "canary-0b55f1"


def read_back(text: str, directory: Path) -> dict[str, Any]:
    path = directory / "production.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return document_values(path, "the edited text")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SECRETS)
def test_what_is_not_edited_is_unchanged(tmp_path: Path, secrets: Secrets) -> None:
    assert is_same(read_back(editable(secrets, "production"), tmp_path), secrets.values)


def test_a_key_of_several_lines_stands_in_several_lines() -> None:
    secrets = replaced(Secrets(), {"KEY": "-----BEGIN-----\nabc\n-----END-----\n"}, NOW)
    assert '"""\n-----BEGIN-----\nabc\n' in editable(secrets, "production")


@given(
    st.dictionaries(NAMES, VALUES, max_size=4),
    st.dictionaries(NAMES, VALUES, max_size=4),
)
def test_with_nobody_else_there_the_editor_decides(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = replaced(Secrets(), old, THEN)
    assert is_same(rebased(before, before, new, NOW).values, new)


def test_what_somebody_else_changed_meanwhile_stays() -> None:
    before = replaced(Secrets(), {"A": "1", "B": "1", "C": "1", "D": "1"}, THEN)
    now = replaced(before, {"A": "theirs", "B": "theirs", "E": "theirs"}, NOW)
    edited = {"A": "1", "B": "mine", "D": "1", "F": "mine"}
    assert rebased(now, before, edited, NOW).values == {
        "A": "theirs",
        "B": "mine",
        "D": "1",
        "E": "theirs",
        "F": "mine",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'A = "{CANARY}', "not TOML"),
        (f"A = {CANARY}", "not TOML"),
        (f'A = "{CANARY}"\na = "x"', "a second key is the variable A"),
        (f'"no name" = "{CANARY}"', "no variable has such a name"),
        ("A = nan", "not a finite number"),
        ("A = 9223372036854775808", "more than 64 bits"),
    ],
)
def test_what_is_malformed_is_said_without_values(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_back(text, tmp_path)
    assert message in caught.value.message
    assert CANARY not in f"{caught.value.message} {caught.value.hint}"


def test_tables_are_variables_of_their_own(tmp_path: Path) -> None:
    text = '[database]\nurl = "x"\nwhen = 2026-03-01\n'
    assert read_back(text, tmp_path) == {"DATABASE__URL": "x", "DATABASE__WHEN": "2026-03-01"}
