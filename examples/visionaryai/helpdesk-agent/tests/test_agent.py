"""The shipped helpdesk answers questions that nobody trained it on."""

from __future__ import annotations

import pytest

from helpdesk_agent.agent import HANDED_OVER, LONGEST_QUESTION, Agent
from helpdesk_agent.errors import InputError

ASKED = {
    "I can't remember the password for our station": "password-forgotten",
    "We hired someone, how does she get her own login?": "add-a-colleague",
    "My phone broke and now I have no code to log in with": "second-factor",
    "Is there a schedule for calibrating the scanner?": "calibrate-the-camera",
    "Everything looks fuzzy since we cleaned the lens": "pictures-are-blurred",
    "The picture is nearly black, can we get more light?": "pictures-are-too-dark",
    "The machine throws away perfectly good parts": "good-parts-rejected",
    "A part with a deep scratch was let through yesterday": "defects-overlooked",
    "Our staging and production stations disagree about the same part": "results-changed",
    "Is there a REST API to fetch verdicts?": "results-into-our-system",
    "Getting a 401 with the token you gave us": "key-refused",
    "I'd like last week's verdicts as a spreadsheet": "export-as-a-table",
    "The new camera should have been here on Monday, where is the parcel?": "where-is-my-order",
    "The lens was cracked when we opened the box": "arrived-damaged",
    "How can we send the sensor back and exchange it?": "send-back",
    "Could you mail me the March invoice again as PDF?": "copy-of-an-invoice",
    "You charged us twice for the same order": "wrong-invoice",
    "We would like to end our contract": "change-the-subscription",
}


def test_most_questions_find_their_article(agent: Agent) -> None:
    right = [question for question, article in ASKED.items() if agent.answer(question).article == article]
    assert len(right) >= 0.8 * len(ASKED)


@pytest.mark.parametrize("question", ["Who won the football match?", "zxcv qwerty", "Parlez-vous français ?"])
def test_what_it_does_not_understand_goes_to_a_person(agent: Agent, question: str) -> None:
    answer = agent.answer(question)
    assert (answer.article, answer.text) == ("", HANDED_OVER)


def test_it_repeats_itself(agent: Agent) -> None:
    question = "where is my order"
    assert agent.answer(question) == agent.answer(question)


@pytest.mark.parametrize("question", ["", " \n", "why " * LONGEST_QUESTION])
def test_no_question_and_an_endless_one_are_refused(agent: Agent, question: str) -> None:
    with pytest.raises(InputError, match="the question"):
        agent.answer(question)
