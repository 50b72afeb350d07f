"""The helpdesk as it is shipped."""

from __future__ import annotations

import pytest

from helpdesk_agent.__main__ import KNOWLEDGE, NETWORK
from helpdesk_agent.agent import Agent
from helpdesk_agent.intents import Intents, load_intents
from helpdesk_agent.knowledge import Article, read_knowledge
from helpdesk_agent.retrieval import Retrieval


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    return read_knowledge(KNOWLEDGE)


@pytest.fixture(scope="session")
def intents() -> Intents:
    return load_intents(NETWORK)


@pytest.fixture(scope="session")
def agent(intents: Intents, articles: tuple[Article, ...]) -> Agent:
    return Agent(intents, Retrieval(articles))
