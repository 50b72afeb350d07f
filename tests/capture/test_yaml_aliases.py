import time
from pathlib import Path
from typing import Any

import pytest

from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.errors import InputError

Document = dict[str, Any]


def test_aliases_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: &all [x, y]\nb: [*all, *all]\nc: &again {d: *all}\ne: *again\n")
    assert load_bounded_yaml(path, Document)["b"] == [["x", "y"], ["x", "y"]]


def bomb(levels: int, width: int) -> str:
    lines = ["a0: &a0 [" + ", ".join("x" * width) + "]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [bomb(12, 9), bomb(3, 500), "a: &a [*a]", "a: &a {b: &b [*a, {c: *b}]}"],
    ids=["deep", "wide", "self", "two"],
)
def test_aliases_that_multiply_are_refused_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bomb.yml"
    path.write_text(text)
    started = time.process_time()
    with pytest.raises(InputError, match=r"bomb\.yml: its aliases stand for more than"):
        load_bounded_yaml(path, Document)
    assert time.process_time() - started < 2


def test_what_has_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("- a\n")
    with pytest.raises(InputError, match="Expected `object`, got `array`"):
        load_bounded_yaml(path, Document)
