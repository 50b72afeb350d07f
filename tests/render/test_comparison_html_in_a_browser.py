"""The page's script, run by Chromium: its policy lets it run, and it filters."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from samestack.render.comparison.comparison_html import comparison_html
from tests.render import samples
from tests.render.parsed_html import Page
from tests.services.requirement import unavailable

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.service


@pytest.fixture(autouse=True)
def browser() -> None:
    """Without a browser there is nothing to be seen."""
    if CHROMIUM is None:
        unavailable("Chromium is not installed")


def opened(source: str, directory: Path) -> Page:
    """The page after its script has run."""
    path = directory / "page.html"
    path.write_text(source, encoding="utf-8")
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={directory / 'profile'}",
        "--virtual-time-budget=2000",
        "--dump-dom",
        path.as_uri(),
    ]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return Page(finished.stdout)


def after(action: str, directory: Path) -> Page:
    """The page after something was done to it, which its own policy would not let a foreign script do."""
    source = re.sub(r"<meta http-equiv.*?>", "", comparison_html(samples.two_environments()))
    return opened(source.replace("</body>", f"<script>{action}</script></body>"), directory)


def shown_rows(page: Page) -> list[str]:
    return [
        attributes["data-risk"] or ""
        for tag, attributes in page.elements
        if tag == "tr" and "data-risk" in attributes and "hidden" not in attributes
    ]


def test_the_policy_lets_the_script_run(tmp_path: Path) -> None:
    page = opened(comparison_html(samples.two_environments()), tmp_path)
    assert "hidden" not in dict(page.elements)["form"]
    assert page.text("output") == "24 rows"


def test_a_chosen_risk_hides_the_others(tmp_path: Path) -> None:
    page = after("document.querySelector('input[value=breaks]').click()", tmp_path)
    assert shown_rows(page) == ["breaks"] * 3
    assert page.text("output") == "3 of 24 rows"
    sections = [one for tag, one in page.elements if tag == "section" and "hidden" not in one]
    assert [one["data-layer"] for one in sections] == ["packages", "python"]


def test_a_search_opens_what_it_finds(tmp_path: Path) -> None:
    action = (
        "const box = document.querySelector('input[type=search]'); box.value = 'keyring absent';"
        "box.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    page = after(action, tmp_path)
    assert page.text("output") == "1 of 24 rows"
    assert [
        one for tag, one in page.elements if tag == "details" and one.get("class") == "rest" and "open" in one
    ]


def test_show_all_undoes_every_choice(tmp_path: Path) -> None:
    action = (
        "document.querySelector('input[value=breaks]').click();"
        "document.querySelector('input[value=packages]').click();"
        "document.querySelector('button[type=reset]').click()"
    )
    assert after(action, tmp_path).text("output") == "24 rows"
