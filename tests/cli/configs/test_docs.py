"""``samestack config docs``: the table of variables, in a file that stays up to date."""

from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.render.configuration.marked_table import BEGIN, END


def test_the_table_is_printed(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "docs"]) == 0
    said = capsys.readouterr().out
    assert "Threads." in said
    assert all(name in said for name in ("DATABASE_URL", "HUGGINGFACE_API_KEY", "REQUEST_TIMEOUT"))


def test_a_new_page_is_kept_up_to_date(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "docs", "-o", "variables.md"]) == 0
    page = helpdesk / "variables.md"
    written = page.read_text()
    assert written.startswith(f"{BEGIN}\n|")
    assert main(["config", "docs", "--check", "variables.md"]) == 0
    manifest = helpdesk / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("Threads.", "How many answer."))
    assert main(["config", "docs", "--check", "variables.md"]) == 1
    assert "variables.md: its table of variables is not up to date" in capsys.readouterr().err
    assert page.read_text() == written
    assert main(["config", "docs", "-o", "variables.md"]) == 0
    assert "How many answer." in page.read_text()
    assert main(["config", "docs", "--check", "variables.md"]) == 0


def test_of_a_page_only_the_table_changes(helpdesk: Path) -> None:
    page = helpdesk / "README.md"
    page.write_bytes(f"# Helpdesk\r\n\r\n{BEGIN}\r\nold\r\n{END}\r\n\r\nMore.\r\n".encode())
    assert main(["config", "docs", "-o", "README.md"]) == 0
    written = page.read_bytes().decode()
    assert written.startswith(f"# Helpdesk\r\n\r\n{BEGIN}\r\n|")
    assert written.endswith(f"|\r\n{END}\r\n\r\nMore.\r\n")
    assert "\n" not in written.replace("\r\n", "")
    assert main(["config", "docs", "--check", "README.md"]) == 0


@pytest.mark.parametrize(
    "text", ["# Helpdesk\n", f"{END}\n{BEGIN}\n", f"{BEGIN}{BEGIN}{END}\n", f"{BEGIN}\n"]
)
def test_a_page_without_a_place_for_it_is_left_alone(
    helpdesk: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    page = helpdesk / "README.md"
    page.write_text(text)
    for option in ("-o", "--check"):
        assert main(["config", "docs", option, "README.md"]) == 2
        assert f"put the lines {BEGIN} and {END}" in capsys.readouterr().err
    assert page.read_text() == text


def test_a_page_that_is_not_there(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "docs", "--check", "gone.md"]) == 2
    assert "gone.md" in capsys.readouterr().err


def test_a_project_that_declares_nothing(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (helpdesk / "pyproject.toml").write_text("")
    assert main(["config", "docs"]) == 2
    assert "no variable is declared" in capsys.readouterr().err
