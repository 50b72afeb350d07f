"""Answers a question: the network says what it is about, retrieval finds the article."""

from __future__ import annotations

from typing import Any, NamedTuple

from .errors import InputError
from .intents import Intents
from .retrieval import Retrieval

LONGEST_QUESTION = 2000
LEAST_SIMILARITY = 0.06
"""An article that has less in common with the question is no answer to it."""
HANDED_OVER = "I am not sure what you need. A colleague of mine reads your question and answers by mail."
DIGITS = 4


class Answer(NamedTuple):
    """What is said to a question, and why."""

    topic: str
    confidence: float
    """The probability of the topic."""
    article: str
    """The name of the article; empty where a person has to answer."""
    text: str

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return {**self._asdict(), "confidence": round(self.confidence, DIGITS)}


class Agent:
    """The helpdesk."""

    def __init__(self, intents: Intents, retrieval: Retrieval) -> None:
        self._intents = intents
        self._retrieval = retrieval

    def answer(self, question: str) -> Answer:
        """The answer to a question. Raises ``InputError`` where it has no words or too many."""
        if not question.strip():
            raise InputError("the question is empty")
        if len(question) > LONGEST_QUESTION:
            raise InputError(f"the question has more than {LONGEST_QUESTION} characters")
        topics = self._intents.topics(question)
        found = self._retrieval.similarities(question)
        article, similarity = max(found, key=lambda one: one[1] * topics[one[0].topic])
        if similarity < LEAST_SIMILARITY:
            topic = max(topics, key=topics.__getitem__)
            return Answer(topic, topics[topic], "", HANDED_OVER)
        return Answer(article.topic, topics[article.topic], article.name, article.answer)
