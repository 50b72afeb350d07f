"""The page of a rule, for those who read a finding far from the documentation."""

from pathlib import Path
from typing import Final

_FOLDERS: Final = ("docs/rules", "../../docs/rules")
"""In an installation, and in a checkout of the repository."""


def page_of(rule: str) -> str:
    """The rule's page in Markdown, without its title and without links that lead to other pages."""
    package = Path(__file__).parents[2]
    pages = (package / folder / f"{rule}.md" for folder in _FOLDERS)
    found = next((page for page in pages if page.is_file()), None)
    if found is None:
        return ""
    return _alone(found.read_text(encoding="utf-8")).strip()


def _alone(text: str) -> str:
    import re

    without_title = re.sub(r"\A# .*\n", "", text)
    return re.sub(r"\[([^\]]*)\]\((?!https?://)[^)]*\)", r"\1", without_title)
