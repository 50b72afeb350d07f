"""A snapshot on a terminal, as it looks there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from samestack.model import Configuration, Host, Snapshot, Stack
from samestack.render.snapshot.snapshot_table import print_snapshot
from tests.render import samples
from tests.render.golden_text import assert_golden, drawn
from tests.strategies import snapshots


@pytest.mark.parametrize("full", [False, True])
def test_it_looks_as_approved(full: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = drawn(lambda console: print_snapshot(samples.observed_snapshot(), console, full=full))
    assert_golden(f"snapshot{'-full' if full else ''}.txt", text)


def test_os_packages_are_listed_only_in_full() -> None:
    snapshot = samples.observed_snapshot()
    short = drawn(lambda console: print_snapshot(snapshot, console))
    full = drawn(lambda console: print_snapshot(snapshot, console, full=True))
    assert "adduser" not in short
    assert "2 deb packages" in short
    assert "adduser" in full


def test_an_empty_snapshot_says_so() -> None:
    empty = structs.replace(
        samples.observed_snapshot(), stack=Stack(), host=Host(), configuration=Configuration(), remarks=()
    )
    assert "nothing was found in it" in drawn(lambda console: print_snapshot(empty, console))


@settings(max_examples=50)
@given(snapshots, st.booleans(), st.integers(20, 120))
def test_any_snapshot_is_printed(snapshot: Snapshot, full: bool, width: int) -> None:  # noqa: FBT001
    text = drawn(lambda console: print_snapshot(snapshot, console, full=full), width=width)
    assert all(line.isprintable() for line in text.split("\n"))
