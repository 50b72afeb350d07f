"""The knowledge base: articles, each about one topic, with ways in which customers ask for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from .errors import InputError

TOPICS = ("account", "calibration", "results", "integration", "delivery", "invoice")


class Article(NamedTuple):
    """One answer."""

    name: str
    topic: str
    """One of ``TOPICS``."""
    title: str
    asked_as: tuple[str, ...]
    """Questions that it answers; ``{device}`` stands for whatever the customer has bought."""
    answer: str

    @property
    def text(self) -> str:
        """All of its words, for retrieval."""
        return " ".join((self.title, *self.asked_as, self.answer)).replace("{device}", "")


def read_knowledge(path: Path) -> tuple[Article, ...]:
    """The articles in a JSON file. Raises ``InputError`` where it is not a knowledge base."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        articles = tuple(_article(entry) for entry in document)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: not a knowledge base: {error!r}") from error
    missing = set(TOPICS) - {article.topic for article in articles}
    if missing:
        raise InputError(f"{path}: no article about {', '.join(sorted(missing))}")
    return articles


def _article(entry: dict[str, Any]) -> Article:
    article = Article(
        name=str(entry["name"]),
        topic=str(entry["topic"]),
        title=str(entry["title"]),
        asked_as=tuple(str(question) for question in entry["asked_as"]),
        answer=str(entry["answer"]),
    )
    if article.topic not in TOPICS:
        raise ValueError(f"{article.name} is about {article.topic!r}, not one of {', '.join(TOPICS)}")
    return article
