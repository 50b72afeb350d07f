"""An explanation as a tree, as JSON and as a page."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.render.explanation.explanation_html import explanation_html
from samestack.render.explanation.explanation_json import EXPLANATION_SCHEMA, encode_explanation
from samestack.render.explanation.explanation_text import Told
from samestack.render.explanation.explanation_tree import print_explanation
from samestack.render.explanation.file_changes import print_changes
from samestack.render.printable import printable
from samestack.solve.edits import FileChange
from tests.render import explanations
from tests.render.golden_text import assert_golden, drawn
from tests.render.parsed_html import Page
from tests.render.samples import HOSTILE

SAMPLES: dict[str, Callable[[], Told]] = {
    "two-conflicts": explanations.two_conflicts,
    "visionary": explanations.visionary,
    "met": explanations.met,
    "hostile": explanations.hostile,
    "large": explanations.large,
}


def tree(name: str, width: int = 80) -> str:
    return drawn(lambda console: print_explanation(SAMPLES[name](), console), width=width)


@pytest.mark.parametrize("name", ["two-conflicts", "visionary", "met", "hostile"])
def test_the_tree_looks_as_approved(name: str) -> None:
    assert_golden(f"explanation-{name}.txt", tree(name))


@pytest.mark.parametrize("width", [30, 80, 120])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_tree_keeps_to_the_width(name: str, width: int) -> None:
    lines = tree(name, width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_where_chains_tell_nothing_the_solver_does() -> None:
    told = explanations.two_conflicts()
    assert "Because tensorflow" not in tree("two-conflicts")
    bare = told.explanation.conflicts[0]
    without = type(bare)(
        wishes=bare.wishes,
        contested=bare.contested,
        layer="index",
        chains=(),
        sentence=bare.sentence,
        said=bare.said,
    )
    explanation = type(told.explanation)(problem=told.explanation.problem, is_met=False, conflicts=(without,))
    text = drawn(lambda console: print_explanation(Told(explanation=explanation), console))
    assert "Because tensorflow==2.15.0 depends on numpy<2.0.0" in text
    assert "not in the index (index)" in text


@pytest.mark.parametrize("name", SAMPLES)
def test_the_json_is_valid_by_its_schema(name: str) -> None:
    document = json.loads(encode_explanation(SAMPLES[name]()))
    jsonschema.Draft202012Validator(json_schema(EXPLANATION_SCHEMA)).validate(document)
    assert document["schema"] == EXPLANATION_SCHEMA


@pytest.mark.parametrize("name", SAMPLES)
def test_credentials_reach_no_form(name: str) -> None:
    told = SAMPLES[name]()
    for text in (tree(name), encode_explanation(told).decode(), explanation_html(told)):
        assert "secret" not in text


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_is_inert(name: str) -> None:
    page = Page(explanation_html(SAMPLES[name]()))
    assert not page.tags & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "image",
        "use",
        "a ",
    }
    assert page.unclosed == []
    for tag, attributes in page.elements:
        assert not {one for one in attributes if one.startswith("on") or one in {"src", "style"}}, tag
    assert all(one.startswith("#") for one in page.attributes("a", "href"))
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in page.elements
        if tag == "meta" and "http-equiv" in attributes
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy


def test_the_page_shows_hostile_texts_as_text() -> None:
    page = Page(explanation_html(explanations.hostile()))
    assert (
        page.tags
        <= Page(explanation_html(explanations.visionary())).tags
        | Page(explanation_html(explanations.two_conflicts())).tags
    )
    assert printable(HOSTILE) in page.text("code")
    assert "\x1b" not in page.text()


def test_the_page_tells_all_of_it() -> None:
    page = Page(explanation_html(explanations.two_conflicts()))
    text = re.sub(r"\s+", " ", page.text())
    assert "These 4 requirements cannot be met together: 2 conflicts, 2 ways out." in text
    assert "- numpy>=2.1 + numpy>=1.26.4" in text
    assert "samestack explain requirements.txt --apply 1" in text
    assert "requirements.txt:5" in text
    assert page.tags >= {"svg", "path", "rect", "circle"}


def test_equal_explanations_give_equal_pages() -> None:
    assert explanation_html(explanations.large()) == explanation_html(explanations.large())


def test_what_an_edit_changed_is_shown() -> None:
    before = "a\nb\nnumpy==1\nc\nindex https://user:secret@host.example\n"
    change = FileChange(file="requirements.txt", before=before, after=before.replace("numpy==1", "numpy>=1"))
    text = drawn(lambda console: print_changes([change], console))
    assert text.splitlines() == [
        "--- requirements.txt",
        "+++ requirements.txt",
        "@@ -2,3 +2,3 @@",
        " b",
        "-numpy==1",
        "+numpy>=1",
        " c",
    ]
    same = FileChange(file="requirements.txt", before=before, after=before)
    assert drawn(lambda console: print_changes([same], console)) == "requirements.txt says so already\n"


def test_the_schema_is_published() -> None:
    directory = Path(__file__).parent.parent.parent / "docs/reference/schemas"
    assert (directory / "explanation-1.schema.json").is_file()
