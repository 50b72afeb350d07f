"""A recording there and back, and every file that is none refused."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from samestack.behaviour.recording import recording_file
from samestack.behaviour.recording.arrays import array_key, plain_array
from samestack.behaviour.recording.document import digest_of
from samestack.behaviour.recording.recording import Outcome, Picture, Recording, Value, is_array
from samestack.behaviour.recording.recording_file import read_recording, write_recording
from samestack.errors import InputError, OutsideError, RequestError
from tests.behaviour.recording.recordings import recording_of

ARRAYS = hn.arrays(
    hn.boolean_dtypes() | hn.integer_dtypes() | hn.floating_dtypes() | hn.unicode_string_dtypes(),
    hn.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3),
).map(lambda array: plain_array(array, "a test"))
PICTURES = hn.arrays(np.uint8, hn.array_shapes(min_dims=2, max_dims=2, max_side=3)).map(Picture)
VALUES = (
    (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text().filter(lambda text: text.isprintable())
    )
    | ARRAYS
    | PICTURES
)
ANSWERS = st.dictionaries(st.text(max_size=5).filter(str.isprintable), VALUES, max_size=4)


def example() -> Recording:
    mask = np.arange(6, dtype=np.uint8).reshape(2, 3)
    fields: dict[str, Value] = {
        "mask": mask,
        "seen": Picture(mask),
        "score": float("nan"),
        "count": 2**80,
        "label": "ok",
    }
    return recording_of(
        {"a.png": fields, "b.png": {"mask": mask}},
        {"a.png": {}, "b.png": {"mask": mask + 1}},
        outcomes=({}, {"a.png": Outcome(signal="SIGSEGV", messages="gone")}),
    )


@given(st.lists(st.fixed_dictionaries({"a": ANSWERS, "": ANSWERS}), min_size=1, max_size=2))
def test_there_and_back(tmp_path_factory: pytest.TempPathFactory, outputs: list[Mapping[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("recordings") / "x.recording"
    recording = recording_of(*outputs)
    digest = write_recording(recording, path)
    back = read_recording(path)
    assert digest_of(back) == digest == digest_of(recording)
    for run, written in zip(back.runs, recording.runs, strict=True):
        for name, answer in written.outputs.items():
            assert run.outputs[name].keys() == answer.keys()
            for field, value in answer.items():
                assert _is_same(run.outputs[name][field], value)


def _is_same(first: Any, second: Any) -> bool:
    if is_array(first) and is_array(second):
        return array_key(first) == array_key(second)
    return type(first) is type(second) and (first == second or isnan(first))


def test_all_that_is_said_is_kept(tmp_path: Path) -> None:
    write_recording(example(), tmp_path / "x.recording")
    back, recording = read_recording(tmp_path / "x.recording"), example()
    assert (back.origin, back.program, back.environment) == (
        recording.origin,
        recording.program,
        recording.environment,
    )
    assert (back.snapshot, back.inputs) == (recording.snapshot, recording.inputs)
    assert [run.outcomes for run in back.runs] == [run.outcomes for run in recording.runs]
    assert [run.seconds for run in back.runs] == [run.seconds for run in recording.runs]
    assert back.failures == ((1, "a.png", Outcome(signal="SIGSEGV", messages="gone")),)


def test_the_same_recording_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("x", "y"):
        write_recording(example(), tmp_path / name)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_equal_arrays_stand_in_it_once(tmp_path: Path) -> None:
    big = np.random.default_rng(1).random(10_000)
    write_recording(recording_of(*({"a": {"x": big.copy()}} for _ in range(5))), tmp_path / "x")
    assert (tmp_path / "x").stat().st_size < 1.2 * big.nbytes


def test_large_arrays_are_compressed(tmp_path: Path) -> None:
    write_recording(recording_of({"a": {"mask": np.zeros((1000, 1000), np.uint8)}}), tmp_path / "x")
    assert (tmp_path / "x").stat().st_size < 10_000
    assert read_recording(tmp_path / "x").runs[0].outputs["a"]["mask"].shape == (1000, 1000)  # type: ignore[union-attr]


def test_the_digest_is_of_all_of_it() -> None:
    digests = {
        digest_of(recording_of({"a": {"x": value}}))
        for value in (1, 1.0, "1", True, None, np.array(1), np.zeros(2), np.zeros((1, 2)))
    }
    assert len(digests) == 8
    assert digest_of(recording_of({"a": {"x": 1}})) != digest_of(recording_of({"b": {"x": 1}}))


def test_what_is_too_large_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording_file, "MAX_BYTES", 1000)
    with pytest.raises(OutsideError, match="too much for one file"):
        write_recording(example(), tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no such file"):
        read_recording(tmp_path / "x")


Members = dict[str, bytes]


def altered(tmp_path: Path, alter: Callable[[Members], None]) -> Path:
    path = tmp_path / "x.recording"
    write_recording(example(), path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    alter(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def said(members: Members, change: Callable[[dict[str, Any]], Any]) -> None:
    document = json.loads(members["recording.json"])
    change(document)
    members["recording.json"] = json.dumps(document).encode()


def _set(value: Any, *keys: Any) -> Callable[[Members], None]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return lambda members: said(members, change)


def _npy(members: Members) -> str:
    return next(name for name in members if name.endswith(".npy"))


SCORE = ("runs", 0, "outputs", "a.png", "score")


@pytest.mark.parametrize(
    ("alter", "message"),
    [
        (lambda members: members.clear(), "no recording.json"),
        (lambda members: members.update({"../../etc/passwd": b""}), "a member that no recording has"),
        (lambda members: members.update({"/etc/passwd": b""}), "a member that no recording has"),
        (lambda members: members.update({f"arrays/{'0' * 64}.pkl": b""}), "a member that no recording has"),
        (lambda members: members.update({"recording.json": b"{"}), "not JSON"),
        (lambda members: members.update({"recording.json": b"\xff"}), "not JSON"),
        (lambda members: members.update({"recording.json": b'{"a":' * 100_000}), "not JSON"),
        (lambda members: members.update({"recording.json": b"[]"}), "Expected `object`"),
        (_set("samestack/recording/9", "schema"), "its schema is not known"),
        (_set(3, "schema"), "its schema is not known"),
        (_set("x", "inputs", 0, "size"), "Expected `int`"),
        (_set("detect2", "program", "command", 0), "the file was altered"),
        (_set(0.5, *SCORE), "the file was altered"),
        (_set({"float": "huge"}, *SCORE), "of no known form"),
        (_set({"integer": "0xzz"}, *SCORE), "an integer is malformed"),
        (_set({"array": "recording.json"}, *SCORE), "a value is missing"),
        (_set({"array": f"arrays/{'0' * 64}.npy"}, *SCORE), "a value is missing"),
        (_set([1, 2], *SCORE), "of no known form"),
        (_set("sha256:0", "snapshot", "digest"), "the stack is not the one"),
        (lambda members: members.update({_npy(members): b"junk"}), "it cannot be read"),
        (
            lambda members: members.update({_npy(members): members[_npy(members)][:-1] + b"\x09"}),
            "the file was altered",
        ),
    ],
)
def test_what_was_altered_is_refused(tmp_path: Path, alter: Callable[[Members], None], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_recording(altered(tmp_path, alter))
    assert str(tmp_path / "x.recording") in caught.value.message
    assert "\n" not in caught.value.message


def test_no_zip(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"text")
    with pytest.raises(InputError, match="not a recording"):
        read_recording(tmp_path / "x")


def test_a_file_cut_off(tmp_path: Path) -> None:
    write_recording(example(), tmp_path / "x")
    data = (tmp_path / "x").read_bytes()
    (tmp_path / "x").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="not a recording"):
        read_recording(tmp_path / "x")


def test_a_bit_that_fell_over(tmp_path: Path) -> None:
    write_recording(example(), tmp_path / "x")
    data = bytearray((tmp_path / "x").read_bytes())
    data[120] ^= 1
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(InputError):
        read_recording(tmp_path / "x")


def test_two_members_of_one_name(tmp_path: Path) -> None:
    path = altered(tmp_path, lambda _: None)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("recording.json", b"{}")
    with pytest.raises(InputError, match="two members of one name"):
        read_recording(path)


def test_another_compression(tmp_path: Path) -> None:
    path = altered(tmp_path, lambda _: None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"arrays/{'0' * 64}.npy", b"x", zipfile.ZIP_BZIP2)
    with pytest.raises(InputError, match="packed in a way"):
        read_recording(path)


def test_a_directory_that_promises_more_than_deflate_can(tmp_path: Path) -> None:
    path = altered(tmp_path, lambda _: None)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 1_900_000_000)
    path.write_bytes(data)
    with pytest.raises(InputError, match="over the limit"):
        read_recording(path)


@pytest.mark.parametrize("limit", ["MAX_MEMBERS", "MAX_DOCUMENT_BYTES", "MAX_BYTES"])
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    write_recording(example(), tmp_path / "x")
    monkeypatch.setattr(recording_file, limit, 1)
    with pytest.raises(InputError, match=r"more than 1 members|over the limit"):
        read_recording(tmp_path / "x")


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    file = io.BytesIO()
    np.save(file, np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="pickled objects"):
        read_recording(altered(tmp_path, lambda members: members.update({_npy(members): file.getvalue()})))
