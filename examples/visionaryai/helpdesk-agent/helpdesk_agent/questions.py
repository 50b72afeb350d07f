"""Draws the questions that the network is trained on: how people type, around what they want to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .knowledge import Article

DEVICES = ("camera", "station", "sensor", "unit", "device", "scanner", "machine", "inspection camera")
OPENINGS = ("", "", "", "hello ", "hi there ", "good morning ", "please help ", "quick question ")
CLOSINGS = ("", "", "", " please", " thanks", " what can i do", " it is urgent", " any idea")
TYPING_ERRORS = 0.3
"""The share of questions with two letters in the wrong order."""
WORDS_LOST = 0.3
"""The share of questions in which a word is missing."""


class Question(NamedTuple):
    """What somebody asked, and the topic that it is about."""

    text: str
    topic: str


def draw_questions(articles: Iterable[Article], each: int, seed: int) -> list[Question]:
    """``each`` questions for every way to ask; the same seed draws the same ones."""
    random = np.random.default_rng(seed)
    return [
        Question(_asked(pattern, random), article.topic)
        for article in articles
        for pattern in article.asked_as
        for _ in range(each)
    ]


def _asked(pattern: str, random: np.random.Generator) -> str:
    words = pattern.replace("{device}", _any(DEVICES, random)).split()
    if random.random() < WORDS_LOST and len(words) > 3:
        del words[int(random.integers(len(words)))]
    text = " ".join(words)
    if random.random() < TYPING_ERRORS:
        place = int(random.integers(len(text) - 1))
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return _any(OPENINGS, random) + text + _any(CLOSINGS, random)


def _any(choices: tuple[str, ...], random: np.random.Generator) -> str:
    return choices[int(random.integers(len(choices)))]
