import collections
import datetime as dt
import decimal
import io
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samestack.capture.probes.models.pickle_text import estimator_versions, named_classes, read_pickle

THINGS = [collections.OrderedDict(a=1), dt.date(2026, 11, 24), [decimal.Decimal(3)] * 3]
NAMES = {"collections.OrderedDict", "datetime.date", "decimal.Decimal"}


class Bomb:
    """Loading it would make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol_is_followed_to_its_end(protocol: int) -> None:
    text = read_pickle(io.BytesIO(pickle.dumps(THINGS, protocol)))
    assert set(text.classes) >= NAMES
    assert text.is_whole
    assert text.protocol == (protocol if protocol > 1 else 0)


def test_pickles_that_follow_each_other_are_all_read() -> None:
    both = pickle.dumps(THINGS[0]) + pickle.dumps(THINGS[1])
    assert set(read_pickle(io.BytesIO(both)).classes) == {"collections.OrderedDict", "datetime.date"}


def test_nothing_is_carried_out(tmp_path: Path) -> None:
    path = tmp_path / "made"
    text = read_pickle(io.BytesIO(pickle.dumps(Bomb(path))))
    assert text.classes == ("posix.mkdir",)
    assert not path.exists()


@pytest.mark.parametrize("protocol", range(1, 6))
def test_the_version_that_estimators_note_is_found(protocol: int) -> None:
    state = {"n_estimators": 20, "_sklearn_version": "1.0.2"}
    assert estimator_versions(pickle.dumps([state, state], protocol)) == ("1.0.2",)


def test_what_is_no_version_is_not_taken_for_one() -> None:
    assert estimator_versions(pickle.dumps({"_sklearn_version": "secret text"})) == ()


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_classes_are_found_between_raw_bytes(protocol: int) -> None:
    around = os.urandom(999)
    names = named_classes(around + pickle.dumps(THINGS[0], protocol) + around)
    assert "collections.OrderedDict" in names or protocol < 4  # one part alone is no module of a library
    inner = b"\x80\x02csklearn.tree._tree\nTree\nq\x00."
    assert "sklearn.tree._tree.Tree" in named_classes(around + b"\0" + inner + around)


@given(st.binary(max_size=400))
@example(b"i\\\x00\n")
def test_whatever_a_file_holds_reading_it_ends(content: bytes) -> None:
    text = read_pickle(io.BytesIO(content))
    assert len(text.classes) <= 256
    estimator_versions(content)
    named_classes(content)


@given(st.binary(min_size=1, max_size=40), st.integers(min_value=0, max_value=400))
def test_a_spoiled_pickle_is_read_as_far_as_it_goes(rubbish: bytes, place: int) -> None:
    whole = pickle.dumps(THINGS)
    spoiled = whole[:place] + rubbish + whole[place + len(rubbish) :]
    assert all(isinstance(name, str) for name in read_pickle(io.BytesIO(spoiled)).classes)


def test_a_pickle_that_never_ends_is_left_after_a_number_of_instructions() -> None:
    text = read_pickle(io.BytesIO(b"\x80\x04" + b"N0" * 1_100_000 + b"."))
    assert not text.is_whole
