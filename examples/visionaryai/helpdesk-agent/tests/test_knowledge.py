"""The knowledge base is whole, and what is none is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpdesk_agent.__main__ import KNOWLEDGE
from helpdesk_agent.errors import InputError
from helpdesk_agent.knowledge import TOPICS, Article, read_knowledge
from helpdesk_agent.questions import draw_questions


def test_every_article_has_its_own_name_and_can_be_asked_for(articles: tuple[Article, ...]) -> None:
    assert len({article.name for article in articles}) == len(articles)
    assert all(len(article.asked_as) >= 5 and article.answer for article in articles)


def test_the_same_seed_draws_the_same_questions(articles: tuple[Article, ...]) -> None:
    assert draw_questions(articles, 2, seed=1) == draw_questions(articles, 2, seed=1)
    assert draw_questions(articles, 2, seed=1) != draw_questions(articles, 2, seed=2)


def test_questions_are_about_every_topic_and_name_a_device(articles: tuple[Article, ...]) -> None:
    questions = draw_questions(articles, 3, seed=1)
    assert {question.topic for question in questions} == set(TOPICS)
    assert not any("{" in question.text for question in questions)


@pytest.mark.parametrize("content", ["", "3", "[3]", "{}", '[{"name": "x"}]'])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "knowledge.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"knowledge\.json: "):
        read_knowledge(path)


def test_a_topic_that_does_not_exist_is_named(tmp_path: Path) -> None:
    document = json.loads(KNOWLEDGE.read_text(encoding="utf-8"))
    document[0]["topic"] = "weather"
    path = tmp_path / "knowledge.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError, match="password-forgotten is about 'weather'"):
        read_knowledge(path)
