"""Dataclasses: texts become what a field is declared to be, and nothing else does."""

import dataclasses
import datetime as dt
import decimal
import enum
import math
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Optional, Union

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config import ConfigurationError, load
from samestack.config.startup.classes.converting import converted, is_convertible
from samestack.config.startup.classes.simple_types import UnfitError

OPTIONAL: Any = Optional[int]  # noqa: UP045 - before Python 3.10


class Level(enum.Enum):
    LOW = "low"
    HIGH = 3


class Port(enum.IntEnum):
    WEB = 80


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (str, "x", "x"),
        (int, " 12 ", 12),
        (int, 3.0, 3),
        (float, "1e3", 1000.0),
        (float, 2, 2.0),
        (bool, "Off", False),
        (bool, 1, True),
        (list[int], ["1", 2], [1, 2]),
        (Sequence[str], ["a"], ["a"]),
        (tuple[int, ...], [1, 2], (1, 2)),
        (tuple[int, str], ["1", "b"], (1, "b")),
        (set[int], [1, 1], {1}),
        (dict[str, float], {"a": "1.5"}, {"a": 1.5}),
        (Mapping[str, Any], {"a": [None]}, {"a": [None]}),
        (OPTIONAL, None, None),
        (OPTIONAL, "5", 5),
        (Union[int, str], "5", 5),  # noqa: UP007 - before Python 3.10
        (int | str, "five", "five"),
        (int | None, "5", 5),
        (str | int, 5, 5),
        (Level, "low", Level.LOW),
        (Level, "3", Level.HIGH),
        (Port, "80", Port.WEB),
        (Literal["a", 1], "1", 1),
        (Path, "/x", Path("/x")),
        (dt.date, "2020-01-02", dt.date(2020, 1, 2)),
        (dt.datetime, "2020-01-02T03:04:05Z", dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
        (decimal.Decimal, "1.10", decimal.Decimal("1.10")),
        (uuid.UUID, "0" * 32, uuid.UUID(int=0)),
        (bytes, "é", "é".encode()),
        (object, [1], [1]),
    ],
)
def test_what_becomes_of_a_value(annotation: Any, value: Any, expected: Any) -> None:
    assert is_convertible(annotation)
    found = converted(annotation, value)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, 1), (str, None), (int, "1.5"), (int, True), (int, 1.5), (int, None), (int, [1]), (float, "x"),
        (float, False), (bool, "maybe"), (bool, 2), (list[int], "1"), (list[int], ["x"]),
        (tuple[int, str], [1]),
        (dict[str, int], {"a": "x"}), (dict[str, int], [1]), (Level, "LOW"), (Level, 4), (Literal["a"], "b"),
        (Path, 1), (dt.date, "yesterday"), (uuid.UUID, "x"), (decimal.Decimal, "x"), (set[Any], [{}]),
        (OPTIONAL, "x"), (int, "9" * 6000), (bytes, 1), (float, float("inf").hex()),
    ],
)  # fmt: skip
def test_what_fits_not(annotation: Any, value: Any) -> None:
    with pytest.raises(UnfitError) as error:
        converted(annotation, value)
    assert error.value.__context__ is None or isinstance(error.value.__context__, UnfitError)


@given(st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)))
def test_texts_of_values_are_these_values(value: Any) -> None:
    assert converted(type(value), str(value)) == value


@given(st.sampled_from([int, float, bool]), st.text(max_size=6))
def test_texts_are_taken_as_pydantic_takes_them(annotation: Any, text: str) -> None:
    """But for what pydantic has of its own: it takes infinity, and an integer written as 1.0."""
    try:
        expected = pydantic.TypeAdapter(annotation).validate_python(text)
    except pydantic.ValidationError:
        return
    if not (annotation is int and "." in text) and math.isfinite(expected):
        assert converted(annotation, text) == expected


def test_of_strings_of_annotations_and_defaults(program: Path) -> None:
    @dataclasses.dataclass(frozen=True)
    class Inner:
        port: "int"
        host: str = "h"

    @dataclasses.dataclass
    class Outer:
        inner: Inner = Inner(port=1, host="default")
        derived: str = dataclasses.field(init=False, default="")

    made = load(Outer, variables={"INNER__PORT": "2"})
    assert made.inner == Inner(port=2, host="default")


def test_a_model_inside(program: Path) -> None:
    class Inner(pydantic.BaseModel):
        port: int = pydantic.Field(ge=1)

    @dataclasses.dataclass
    class Outer:
        inner: Inner

    assert load(Outer, variables={"INNER__PORT": "2"}).inner.port == 2
    with pytest.raises(ConfigurationError, match=r"INNER__PORT .*: wants an integer, at least 1$"):
        load(Outer, variables={"INNER__PORT": "0"})


def test_slots(program: Path) -> None:
    @dataclasses.dataclass(slots=True)
    class Slotted:
        key: str

    from samestack.config import provenance

    made = [load(Slotted, variables={"KEY": str(index)}) for index in range(20)]
    assert provenance(made[-1]) == {"KEY": "process environment"}
    with pytest.raises(LookupError):
        provenance(made[0])


def test_a_type_that_no_text_becomes(program: Path) -> None:
    @dataclasses.dataclass
    class Odd:
        call: type[Any]

    with pytest.raises(TypeError, match=r"Odd\.call is of a type that no text can be converted to"):
        load(Odd, variables={})
