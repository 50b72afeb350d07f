"""ONNX models written byte by byte (Protocol Buffers, ``ModelProto``): the fields around a graph."""

from collections.abc import Mapping


def variable(value: int) -> bytes:
    """A number in as many bytes as it needs."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + variable(rest) if rest else bytes([low])


def number(field: int, value: int) -> bytes:
    """A field that is a number."""
    return variable(field << 3) + variable(value)


def delimited(field: int, value: bytes) -> bytes:
    """A field that is a text or a message."""
    return variable(field << 3 | 2) + variable(len(value)) + value


def onnx_model(ir_version: int, operator_sets: Mapping[str, int], graph: bytes = b"") -> bytes:
    """A model that pytorch 2.0.1 is said to have written."""
    sets = (delimited(1, domain.encode()) + number(2, version) for domain, version in operator_sets.items())
    return (
        number(1, ir_version)
        + delimited(2, b"pytorch")
        + delimited(3, b"2.0.1")
        + delimited(7, graph)
        + b"".join(delimited(8, one) for one in sets)
    )
