"""The decision matrix is documented, and what users say of it is checked."""

from pathlib import Path

import pytest

from samestack.advise.matrix import checked_weights, matrix
from samestack.advise.settings import stated_weights, weights_of
from samestack.errors import InputError, RequestError

PAGE = (Path(__file__).parent.parent.parent / "docs/reference/advise.md").read_text()


@pytest.mark.parametrize("row", matrix(), ids=lambda row: row.signal)
def test_every_row_is_documented_with_its_points(row: object) -> None:
    points = (getattr(row, name) for name in ("venv", "conda", "poetry"))
    cells = " | ".join(f"{number:+d}" if number else "" for number in points).replace("  ", " ")
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{getattr(row, 'signal', '')}` |"))
    assert line.replace("  ", " ").endswith(f"| {cells} |".replace("  ", " "))


def test_no_row_stands_twice_and_none_says_nothing() -> None:
    names = [row.signal for row in matrix()]
    assert len(names) == len(set(names))
    assert all(row.venv or row.conda or row.poetry for row in matrix())
    assert all(-4 <= points <= 4 for row in matrix() for points in (row.venv, row.conda, row.poetry))


def test_a_row_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(RequestError) as raised:
        checked_weights({"clutser": 2}, "--weight")
    assert raised.value.hint == "did you mean 'cluster'?"


@pytest.mark.parametrize("weight", [-1, 11, float("nan")])
def test_a_weight_has_limits(weight: float) -> None:
    with pytest.raises(RequestError, match="not from 0 to 10"):
        checked_weights({"cluster": weight}, "--weight")


def test_a_weight_of_the_command_line_is_a_number() -> None:
    assert stated_weights(("cluster=2", "library=0.5")) == {"cluster": 2, "library": 0.5}
    with pytest.raises(RequestError, match="no weight"):
        stated_weights(("cluster",))


def test_the_project_gives_weights(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.samestack.advise]\nweights = {cluster = 3}\n")
    assert weights_of(tmp_path) == {"cluster": 3}


@pytest.mark.parametrize(
    "text", ["[tool.samestack.advise]\nweights = 3\n", "[tool.samestack.advise]\nweigths = {}\n"]
)
def test_settings_that_are_none_are_named_with_their_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(InputError, match=r"tool\.samestack\.advise"):
        weights_of(tmp_path)
