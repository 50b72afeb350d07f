"""Answers to all inputs as one value, for what only all of them tell together."""

from collections.abc import Iterable, Sequence

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.recording.recording import Array, Picture, Value
from samestack.errors import RequestError
from samestack.libraries import library


def is_over_inputs(kind: Kind, values: Iterable[Value]) -> bool:
    """Whether a field is judged once, for all inputs; a single label of a group is only one among others."""
    are_single = kind is Kind.LABELS and not any(getattr(value, "shape", ()) for value in values)
    return kind.is_over_inputs or are_single


def together(values: Sequence[Value]) -> Array:
    """All of them in one row; :class:`RequestError` for what cannot stand in a row."""
    numpy = library("numpy", "comparing answers")
    if any(isinstance(value, Picture) for value in values):
        raise RequestError("pictures are compared one by one")
    arrays = [numpy.ravel(numpy.asarray(value)) for value in values if value is not None]
    if len({array.dtype.kind == "U" for array in arrays}) > 1:
        raise RequestError("texts and numbers are not compared together")
    row: Array = numpy.concatenate(arrays) if arrays else numpy.zeros(0)
    return row
