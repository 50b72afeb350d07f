"""The reference page names every kind, every option and every default precision."""

from pathlib import Path

import pytest

from samestack.behaviour.comparing.box_columns import COLUMNS
from samestack.behaviour.comparing.defaults import PRECISIONS, TOLERANCES
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.settings import read_settings
from samestack.behaviour.comparing.tolerances import Alignment, Better

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "comparing.md").read_text()


def rows() -> dict[str, str]:
    return {line.split("`")[1]: line for line in PAGE.splitlines() if line.startswith("| `")}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_and_its_options_are_named(kind: Kind) -> None:
    shared = {"noise", "rtol", "atol", "columns"}  # each has a section or a table of its own
    for option in set(TOLERANCES[kind].__struct_fields__) - shared:
        assert f"`{option}`" in rows()[kind] or f"`{option} = " in rows()[kind]


def test_every_precision_has_its_row() -> None:
    for precision, (rtol, atol) in PRECISIONS.items():
        numbers = [float(cell) for cell in rows()[precision].split("|")[2:4]]
        assert numbers == [rtol, atol]


def test_every_word_that_can_be_written_is_named() -> None:
    for word in (*COLUMNS, *Alignment, *Better):
        assert word in {"none", "neither"} or word in PAGE


def test_the_example_is_understood(tmp_path: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "pyproject.toml").write_text(example)
    settings = read_settings(tmp_path)
    assert settings.is_across_runtimes
    assert len(settings.fields) == 4
