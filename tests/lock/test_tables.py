"""samestack's table in locks: it comes back as it was put there, and nobody else is disturbed by it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.lock.comment_table import comment_table, with_comment_table, without_comment_table
from samestack.lock.lock_table import LockTable
from samestack.lock.table_text import pylock_table, with_pylock_table
from samestack.project.manifest import HostNeeds

texts = st.text(st.characters(codec="utf-8"), max_size=30)
tables = st.builds(
    LockTable,
    created_by=texts,
    python=texts,
    platforms=st.lists(texts, max_size=3).map(tuple),
    as_of=texts,
    urls=st.booleans(),
    digests=st.dictionaries(texts, texts, max_size=3),
    inputs=st.dictionaries(texts, texts, max_size=3),
    host=st.builds(HostNeeds, glibc=texts, driver=texts),
    system_packages=st.lists(texts, max_size=3).map(tuple),
)
PYLOCK = 'lock-version = "1.0"\ncreated-by = "uv"\n\n[[packages]]\nname = "six"\nversion = "1.17.0"\n'
POETRY = '[[package]]\nname = "six"\n\n[metadata]\ncontent-hash = "ab"\n'


@given(tables)
def test_a_pylock_keeps_it(table: LockTable) -> None:
    text = with_pylock_table(PYLOCK, table)
    assert pylock_table(text) == table
    document = tomllib.loads(text)
    assert document.pop("tool").keys() == {"samestack"}
    assert document == tomllib.loads(PYLOCK)


@given(tables)
def test_comments_keep_it(table: LockTable) -> None:
    text = with_comment_table(POETRY, table)
    assert comment_table(text) == table
    assert tomllib.loads(text) == tomllib.loads(POETRY)
    assert without_comment_table(text) == POETRY


@given(tables, tables)
def test_a_later_one_takes_the_place_of_an_earlier_one(one: LockTable, other: LockTable) -> None:
    assert with_comment_table(with_comment_table(POETRY, one), other) == with_comment_table(POETRY, other)


@pytest.mark.parametrize("text", ["", POETRY, PYLOCK, PYLOCK + "\n[tool.samestack]\nplatforms = 3\n"])
def test_no_table_or_nonsense_is_an_empty_one(text: str) -> None:
    assert pylock_table(text) == LockTable()
    assert comment_table(text) == LockTable()


def test_an_edited_comment_is_no_table() -> None:
    text = with_comment_table(POETRY, LockTable(python="3.9"))
    assert comment_table(text.replace('python = "3.9"', "python = 3.9.9")) == LockTable()
