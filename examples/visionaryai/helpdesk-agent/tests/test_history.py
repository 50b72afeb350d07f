"""Answers are kept, questions are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk_agent.agent import Answer
from helpdesk_agent.errors import InputError
from helpdesk_agent.history import open_history

ANSWER = Answer("delivery", 0.9, "where-is-it", "On its way.")


def test_what_was_answered_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'local.db'}"
    first = open_history(url)
    first.add(ANSWER)
    first.add(ANSWER._replace(topic="account"))
    first.close()
    again = open_history(url)
    again.add(ANSWER)
    assert again.topics() == {"account": 1, "delivery": 2}
    again.close()


@pytest.mark.parametrize(
    "url",
    ["mysql://db/app", "sqlite:////nowhere/at/all.db", "postgresql://helpdesk@127.0.0.1:1/helpdesk"],
)
def test_what_cannot_be_opened_is_said_without_the_password(url: str) -> None:
    with pytest.raises(InputError) as caught:
        open_history(url, "canary")
    assert "canary" not in str(caught.value)
