"""Whoever renders one thing does not pay for the others."""

import subprocess
import sys

HEAVY = {"rich", "jinja2", "cyclonedx", "packageurl", "markupsafe"}


def imported_by(module: str) -> set[str]:
    code = f"import {module}, sys; print(*sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(finished.stdout.split())


def test_the_room_itself_costs_nothing() -> None:
    assert {one for one in imported_by("samestack.render") if one.startswith("samestack.")} == {
        "samestack.render"
    }


def test_json_markdown_and_the_way_to_cyclonedx_import_nothing_heavy() -> None:
    for module in (
        "comparison.comparison_json",
        "comparison.comparison_markdown",
        "snapshot.cyclonedx",
        "findings.findings_json",
        "findings.findings_text",
        "explanation.explanation_json",
    ):
        assert not HEAVY & imported_by(f"samestack.render.{module}")


def test_the_tables_need_no_template_and_the_page_no_terminal() -> None:
    assert "jinja2" not in imported_by("samestack.render.comparison.comparison_table")
    assert "rich" not in imported_by("samestack.render.comparison.comparison_html")
