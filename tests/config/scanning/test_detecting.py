"""All detectors together: each place once, excuses with a reason, and notebooks as code."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.scanning.detecting import Detector
from samestack.config.scanning.places.reading import texts_of
from samestack.config.scanning.text import Text
from tests.config.scanning.made_up import GITHUB, TOKENS


def kinds(content: str, known: dict[str, str] | None = None) -> list[str]:
    text = Text(path="agent.py", content=content)
    return [one.kind for one in Detector(known or {}).sightings(text)]


def test_what_is_known_best_is_told() -> None:
    line = f'API_TOKEN = "{GITHUB}"'
    assert kinds(line) == ["a GitHub token"]
    assert kinds(line, {"HUB": GITHUB}) == ["the value of HUB"]


@pytest.mark.parametrize(
    ("before", "after"), [("#", ""), ("//", ""), ("/*", " */"), ("<!--", " -->"), ("--", "")]
)
def test_an_excuse_in_the_line(before: str, after: str) -> None:
    assert not kinds(f'x = "{GITHUB}" {before} samestack: not-a-secret of the documentation{after}')


def test_an_excuse_needs_a_reason_and_the_same_line() -> None:
    assert kinds(f'x = "{GITHUB}"  # samestack: not-a-secret')
    assert kinds(f'# samestack: not-a-secret of the documentation\nx = "{GITHUB}"')


LINES = st.lists(
    st.sampled_from(["import os", "x = 1", "# a comment", "print(\"a\\n\", 'b')", ""]), max_size=5
)


@given(LINES, st.sampled_from(sorted(TOKENS)), LINES)
def test_a_token_is_found_in_code_and_in_a_notebook_alike(
    before: list[str], kind: str, after: list[str]
) -> None:
    code = "\n".join([*before, f"x = '''{TOKENS[kind]}'''", *after, ""])
    cell = {"cell_type": "code", "source": code.splitlines(keepends=True), "outputs": []}
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    found = [
        [one for text in texts_of(path, data.encode()) for one in Detector({}).sightings(text)]
        for path, data in (("a.py", code), ("a.ipynb", notebook))
    ]
    assert [[(one.kind, one.line, one.secret) for one in ones] for ones in found] == [
        [(one.kind, one.line, one.secret) for one in found[0]]
    ] * 2
    assert [one.kind for one in found[0]] == [kind]


def test_a_picture_and_an_embedded_one_are_passed_over() -> None:
    data = "A" + "KIA" + "QW3ERTZ5UIPA7SDF"
    html = f'<img src="data:image/png;base64,{data}">'
    outputs = [
        {"output_type": "display_data", "data": {"image/png": data, "text/html": html}},
        {"output_type": "error", "evalue": "no", "traceback": [f"\x1b[31mtoken {GITHUB}\x1b[0m"]},
    ]  # fmt: skip
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": "x", "outputs": outputs}]})
    found = [one for text in texts_of("a.ipynb", notebook.encode()) for one in Detector({}).sightings(text)]
    assert [(one.kind, one.place) for one in found] == [
        ("a GitHub token", "cell 1, output 2, line 1, column 7")
    ]


def test_a_broken_notebook_is_text() -> None:
    found = [
        one for text in texts_of("a.ipynb", f"{{ {GITHUB}".encode()) for one in Detector({}).sightings(text)
    ]
    assert len(found) == 1


def test_other_encodings_and_no_text() -> None:
    wide = b"\xff\xfe" + f"x {GITHUB}".encode("utf-16-le")
    assert [text.content for text in texts_of("a.txt", wide)] == [f"x {GITHUB}"]
    assert not list(texts_of("a.txt", b"\x7fELF\0" + GITHUB.encode()))
    assert [text.content for text in texts_of("a.txt", b"\xe9 " + GITHUB.encode())] == [f"\ufffd {GITHUB}"]


@pytest.mark.parametrize(
    "unit", [f"-----BEGIN RSA {'PRIVATE'} KEY-----\n", "password=", 'token="', f"{GITHUB}\n"]
)
def test_a_hostile_text_takes_no_time(unit: str) -> None:
    started = time.process_time()
    Detector({"KEY": GITHUB}).sightings(Text(path=".env", content=unit * ((1 << 19) // len(unit))))
    assert time.process_time() - started < 10
