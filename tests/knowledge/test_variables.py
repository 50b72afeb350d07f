"""The table of variables: each once, with what it changes and who says so, and no secret among them."""

import re

import pytest

from samestack.knowledge.variables import VARIABLES, Variable


def test_each_stands_once() -> None:
    names = [row.name for row in VARIABLES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", VARIABLES, ids=lambda row: row.name)
def test_each_says_what_it_changes_and_where_that_is_written(row: Variable) -> None:
    assert re.fullmatch(r"[A-Z][A-Z0-9_]+", row.name)
    assert len(row.changes.split()) > 2
    assert re.fullmatch(r"https://[\w.-]+/\S*", row.source)
    assert not re.search(r"TOKEN|SECRET|PASSWORD|KEY|CREDENTIAL", row.name)
