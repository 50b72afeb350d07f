"""The page that lists every known break, made from the tables: ``docs/reference/known-breaks.md``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.knowledge.breaks import Break, break_names, breaks, twin_of

PAGE: Final = Path(__file__).parent / "reference" / "known-breaks.md"
_HEAD: Final = """\
# Known breaks

Combinations that break at run time though no metadata forbids them: installers accept them, and `pip check` and `uv pip check` call the result fine. The rule [known-break](../rules/known-break.md) finds them. This page is made from `src/samestack/knowledge/data/breaks/` by `make docs`; each table was last looked at on the day that it names.

**{rows} rows** about {packages} packages. **Seen** says that this project installed the combination, saw it fail with that message, and saw the first remedy mend it; `python -m tests.services.verify_known_breaks ID` does it again in a fresh environment. The others stand on their sources alone. A pre-release counts as the release that it leads to.

| breaks | when | what happens | what mends it | seen | sources |
|---|---|---|---|---|---|"""  # noqa: E501 - a paragraph of Markdown is one line


def page() -> str:
    """The whole page, its rows by the name of the package that breaks."""
    packages = sorted(name for name in break_names() if twin_of(name) is None)
    rows = [_row(name, row) for name in packages for row in breaks(name)]
    return "\n".join((_HEAD.format(rows=len(rows), packages=len(packages)), *rows, *_twins(), ""))


def _row(name: str, row: Break) -> str:
    cells = (
        f"{_code(f'{name}{row.versions}')}<br>{row.id}",
        "<br>".join(_conditions(row)),
        f"**{row.severity}**: {row.text}<br>{_code(row.error)}",
        ", or ".join([*(_code(one) for one in row.remedies), *([row.advice] if row.advice else [])]),
        "yes" if row.verified else "no",
        ", ".join(f"[{number}]({address})" for number, address in enumerate(row.sources, 1)),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _conditions(row: Break) -> Iterator[str]:
    for name, versions in row.beside.items():
        yield f"with {_code(f'{name}{versions}')}"
    for name, versions in row.needs.items():
        yield f"without {_code(f'{name}{versions}')}"
    if row.python:
        yield f"Python {_code(row.python)}"
    if row.is_in_metadata:
        yield "where its metadata, which says so too, was not read"


def _code(text: str) -> str:
    """Text in a code span; one with a backtick needs two around it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _twins() -> Iterator[str]:
    yield ""
    yield "The rows of a package hold for others that bring the same modules:"
    yield ""
    for name in sorted(break_names()):
        twin = twin_of(name)
        if twin is not None:
            yield f"- `{name}` as `{twin}`"
