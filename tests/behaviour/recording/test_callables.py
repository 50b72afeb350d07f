"""A callable of another Python is called for each input; a call that kills it costs no other its answer."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samestack.behaviour.recording.callables import Call, calls
from samestack.behaviour.recording.environments import opened
from samestack.behaviour.recording.recording import Picture, is_array
from samestack.envs.interpreters import find_interpreter
from samestack.progress import SILENT

MODULE = """
import collections, dataclasses, datetime, enum, os, pathlib, sys, time

Point = collections.namedtuple("Point", "x y")

class Colour(enum.Enum):
    RED = "red"

class Level(enum.IntEnum):
    HIGH = 3

class Word(str):
    pass

@dataclasses.dataclass
class Found:
    score: float
    where: Point

def everything(path):
    return {
        "version": sys.version_info[:2],
        "found": Found(0.5, Point(1, 2)),
        "list": [1, 2.5],
        "set": {3, 1},
        "colour": Colour.RED, "level": Level.HIGH, "word": Word("w"),
        "path": pathlib.Path("a") / "b",
        "day": datetime.date(2024, 1, 2),
        "bytes": b"abc",
        "each": (n * n for n in range(3)),
        "$array": "mine",
        1: None,
        "nan": float("nan"),
    }

def number(path):
    return float(open(path).read())

def fate(path):
    word = open(path).read()
    if word == "abort":
        os.abort()
    if word == "wait":
        time.sleep(600)
    if word == "leave":
        sys.exit(3)
    if word == "raise":
        raise ValueError("no defect today")
    if word == "object":
        return object()
    if word == "deep":
        tree = []
        for _ in range(200):
            tree = {"inner": tree}
        return tree
    return word

class Model:
    @staticmethod
    def predict():
        print("noise on standard output")
        return 42
"""


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "program.py").write_text(MODULE)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(
    directory: Path,
    function: str,
    words: dict[str, Sequence[str]],
    *,
    python: str = sys.executable,
    seconds: float = 0,
) -> dict[str, Call]:
    with opened(f"python:{python}", SILENT) as place:
        each = calls(f"program:{function}", words, directory / "work", place, seconds=seconds)
        return {call.name: call for call in each}


def with_words(directory: Path, *words: str) -> dict[str, Sequence[str]]:
    for word in words:
        (directory / word).write_text(word)
    return {word: (str(directory / word),) for word in words}


def plain(call: Call) -> dict[str, Any]:
    return {path: value.tolist() if is_array(value) else value for path, value in call.answer.items()}


@pytest.mark.parametrize("series", ["3.7", "3.13"])
def test_whatever_python_returns(directory: Path, series: str) -> None:
    python = str(find_interpreter(series).path)
    answer = plain(called(directory, "everything", {"a": ("a",)}, python=python)["a"])
    assert answer.pop("nan") != answer.pop("1")
    assert answer == {
        "version": [int(part) for part in series.split(".")],
        "found.score": 0.5,
        "found.where.x": 1,
        "found.where.y": 2,
        "list": [1, 2.5],
        "set": [1, 3],
        "colour": "red",
        "level": 3,
        "word": "w",
        "path": "a/b",
        "day": "2024-01-02",
        "bytes": "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "each": [0, 1, 4],
        "$array": "mine",
    }


def test_what_libraries_return(directory: Path) -> None:
    pytest.importorskip("PIL")
    (directory / "program.py").write_text(
        """
import numpy
from PIL import Image

class Tensor:  # as PyTorch's
    dtype = "torch.bfloat16"
    def detach(self): return self
    def cpu(self): return self
    def float(self): return self
    def numpy(self): return numpy.float32([0.5])

class Series:  # as pandas'
    def to_numpy(self): return numpy.array(["a", "b"], dtype=object)

class Frame(dict):
    columns = ["x", "y"]
    to_numpy = None

class Table:
    columns = ["x", "$y"]
    to_numpy = None
    def __getitem__(self, name): return Series()

class Device:  # as TensorFlow's and JAX's
    def __array__(self, dtype=None, copy=None): return numpy.arange(3)

def everything(path):
    return {
        "array": numpy.float32([[1, 2]]),
        "scalar": numpy.float32(0.7),
        "integer": numpy.int64(3),
        "double": numpy.float64(0.25),
        "objects": numpy.array([1, "a"], dtype=object),
        "tensor": Tensor(), "series": Series(), "table": Table(), "device": Device(),
        "picture": Image.new("RGB", (2, 1), (9, 8, 7)),
        "depth": Image.new("F", (2, 1), 0.5),
    }
"""
    )
    answer = called(directory, "everything", {"a": ("a",)})["a"].answer
    assert answer["picture"] == Picture(np.full((1, 2, 3), (9, 8, 7), np.uint8))
    kinds = {path: (value.dtype.name, value.tolist()) for path, value in answer.items() if is_array(value)}
    assert kinds["array"] == ("float32", [[1, 2]])
    assert kinds["scalar"] == ("float32", pytest.approx(0.7))
    assert kinds["integer"] == ("int64", 3)
    assert kinds["tensor"] == ("float32", [0.5])
    assert kinds["depth"] == ("float32", [[0.5, 0.5]])
    assert kinds["device"][1] == [0, 1, 2]
    assert kinds["series"][1] == kinds["table.x"][1] == kinds["table.$y"][1] == ["a", "b"]
    assert (answer["objects[0]"], answer["objects[1]"]) == (1, "a")
    assert answer["double"] == 0.25


def test_calls_that_go_wrong_cost_no_other_its_answer(directory: Path) -> None:
    words = with_words(
        directory, "one", "abort", "two", "wait", "three", "leave", "raise", "object", "deep", "four"
    )
    over = called(directory, "fate", words, seconds=2)
    assert list(over) == list(words)
    assert {name: plain(call)["output"] for name, call in over.items() if call.answer} == {
        name: name for name in ("one", "two", "three", "four")
    }
    assert over["abort"].outcome.signal == "SIGABRT"
    assert over["wait"].outcome.is_late
    assert over["wait"].outcome.status == 0
    assert over["leave"].outcome.status == 3
    assert over["raise"].outcome.status == 1
    assert over["raise"].outcome.messages.endswith("ValueError: no defect today\n")
    assert "callable_child" not in over["raise"].outcome.messages
    assert "a result of the type object is not kept" in over["object"].outcome.messages
    assert over["deep"].outcome.trouble == "an answer is nested deeper than 100 levels"
    assert all(
        over[name].outcome.is_failure for name in ("abort", "wait", "leave", "raise", "object", "deep")
    )


def test_leaving_with_status_0_is_no_answer(directory: Path) -> None:
    (directory / "program.py").write_text("import sys\ndef f(path): sys.exit()\n")
    over = called(directory, "f", {"a": ("a",), "b": ("b",)})
    assert [call.outcome.trouble for call in over.values()] == ["it ended the interpreter"] * 2


def test_an_import_that_fails_is_tried_once(directory: Path) -> None:
    (directory / "program.py").write_text("open('count', 'a').write('x')\nimport nosuch\n")
    over = called(directory, "f", {"a": ("a",), "b": ("b",)})
    assert [call.outcome.status for call in over.values()] == [1, 1]
    assert all("No module named 'nosuch'" in call.outcome.messages for call in over.values())
    assert (directory / "count").read_text() == "x"


def test_an_import_that_hangs_is_ended(directory: Path) -> None:
    (directory / "program.py").write_text("import time\ntime.sleep(600)\n")
    assert called(directory, "f", {"a": ("a",)}, seconds=0.5)["a"].outcome.is_late


def test_a_name_that_is_not_there(directory: Path) -> None:
    assert "nosuch" in called(directory, "nosuch", {"a": ("a",)})["a"].outcome.messages


def test_the_process_is_one_as_long_as_it_lives(directory: Path) -> None:
    (directory / "program.py").write_text("import os\ndef f(path): return os.getpid()\n")
    over = called(directory, "f", {"a": ("a",), "b": ("b",)})
    assert over["a"].answer == over["b"].answer


def test_an_attribute_without_inputs(directory: Path) -> None:
    call = called(directory, "Model.predict", {"": ()})[""]
    assert call.answer == {"output": 42}
    assert call.seconds > 0
    assert call.peak_memory > 1_000_000


def test_a_result_that_was_tampered_with(directory: Path) -> None:
    (directory / "program.py").write_text(
        """
def f(path):
    import __main__
    __main__.Store.tree = lambda self, value: value
    return {"$array": "../../../program.py"}
"""
    )
    assert "is no file of a result" in called(directory, "f", {"a": ("a",)})["a"].outcome.trouble
