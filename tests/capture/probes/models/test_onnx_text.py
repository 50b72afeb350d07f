import io

from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.models.onnx_text import OnnxText, read_onnx
from tests.capture.probes.models.onnx_models import delimited, number, onnx_model


def test_the_fields_around_the_graph_are_read() -> None:
    content = onnx_model(ir_version=8, operator_sets={"": 17, "ai.onnx.ml": 3}, graph=b"g" * 100_000)
    assert read_onnx(io.BytesIO(content)) == OnnxText(
        ir_version=8, producer="pytorch 2.0.1", operator_sets=(("", 17), ("ai.onnx.ml", 3))
    )


def test_what_states_no_version_or_no_operators_is_no_model() -> None:
    assert read_onnx(io.BytesIO(number(1, 8))) is None
    assert read_onnx(io.BytesIO(delimited(8, number(2, 17)))) is None
    assert read_onnx(io.BytesIO(b"")) is None


def test_a_length_beyond_the_end_is_malformed() -> None:
    assert read_onnx(io.BytesIO(onnx_model(8, {"": 17}) + b"\x3a\xff\xff\xff\x7f")) is None


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_reading_it_ends(content: bytes) -> None:
    read_onnx(io.BytesIO(content))
    read_onnx(io.BytesIO(onnx_model(8, {"": 17}) + content))
