"""The network learns, is kept with its words, and is read back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk_agent.errors import InputError
from helpdesk_agent.intents import Intents, load_intents, train
from helpdesk_agent.knowledge import TOPICS, Article
from helpdesk_agent.questions import draw_questions


def test_the_probabilities_make_one(intents: Intents) -> None:
    topics = intents.topics("where is my order")
    assert tuple(topics) == TOPICS
    assert sum(topics.values()) == pytest.approx(1.0, abs=1e-5)
    assert max(topics, key=topics.__getitem__) == "delivery"


def test_the_shipped_network_knows_what_new_questions_are_about(
    intents: Intents, articles: tuple[Article, ...]
) -> None:
    assert intents.share_right(draw_questions(articles, 5, seed=99)) >= 0.9


def test_a_trained_network_is_read_back_as_it_was(articles: tuple[Article, ...], tmp_path: Path) -> None:
    trained = train(draw_questions(articles, 10, seed=1), seed=1)
    trained.save(tmp_path / "intents.keras")
    again = load_intents(tmp_path / "intents.keras")
    question = "the housing is cracked"
    assert again.topics(question) == pytest.approx(trained.topics(question), abs=1e-6)
    assert again.share_right(draw_questions(articles, 2, seed=2)) >= 0.8


@pytest.mark.parametrize("content", [None, b"", b"not a network", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_not_a_network_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "intents.keras"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"intents\.keras: "):
        load_intents(path)
