"""What is written is read back as it was, and what is not a snapshot is refused with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.codec import MAX_SNAPSHOT_BYTES, decode_snapshot, encode_snapshot
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing
from tests.strategies import snapshots

ORIGIN = Origin(reference=".", kind="venv", standing=Standing.OBSERVED, captured_at="", captured_by="")
NUMPY = Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="numpy", version="1.26.4")
SNAPSHOT = Snapshot(origin=ORIGIN, stack=Stack.of([NUMPY]))


@given(snapshots)
def test_round_trip(snapshot: Snapshot) -> None:
    assert decode_snapshot(encode_snapshot(snapshot), file="a.json") == snapshot


@given(snapshots)
def test_the_bytes_are_canonical(snapshot: Snapshot) -> None:
    written = encode_snapshot(snapshot)
    assert encode_snapshot(decode_snapshot(written, file="a.json")) == written


@given(st.binary(max_size=200))
def test_other_bytes_are_refused_and_the_file_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^odd\.json: "):
        decode_snapshot(data, file="odd.json")


@given(st.integers(min_value=0, max_value=len(encode_snapshot(SNAPSHOT)) - 3))
def test_a_truncated_snapshot_is_refused(length: int) -> None:
    with pytest.raises(InputError, match=r"^cut\.json: "):
        decode_snapshot(encode_snapshot(SNAPSHOT)[:length], file="cut.json")


def test_an_altered_stack_is_noticed() -> None:
    altered = encode_snapshot(SNAPSHOT).replace(b"1.26.4", b"1.26.5")
    with pytest.raises(InputError, match=r"\$\.digest: the stack is not the one that its digest names"):
        decode_snapshot(altered, file="a.json")


def test_a_wrong_type_is_named_with_its_place() -> None:
    document = json.loads(encode_snapshot(SNAPSHOT))
    document["stack"][0]["version"] = 7
    with pytest.raises(
        InputError, match=r"a\.json: \$\.stack\[0\]\.version: Expected `str \| null`, got `int`"
    ):
        decode_snapshot(json.dumps(document).encode(), file="a.json")


def test_a_component_of_a_foreign_layer_is_refused() -> None:
    document = json.loads(encode_snapshot(SNAPSHOT))
    document["host"] = document["stack"]
    with pytest.raises(InputError, match="a host has no layer 'packages'"):
        decode_snapshot(json.dumps(document).encode(), file="a.json")


def test_a_newer_schema_says_what_to_do() -> None:
    newer = encode_snapshot(SNAPSHOT).replace(b"samestack/snapshot/1", b"samestack/snapshot/99")
    with pytest.raises(InputError, match=r"\$\.schema") as caught:
        decode_snapshot(newer, file="a.json")
    assert caught.value.hint == "install a newer samestack"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        decode_snapshot(b"[" * 100_000, file="a.json")


def test_a_huge_document_is_refused_unread() -> None:
    with pytest.raises(InputError, match="over the limit"):
        decode_snapshot(b" " * (MAX_SNAPSHOT_BYTES + 1), file="a.json")
