import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.oci.digests import CheckedReader, digest_of
from samestack.oci.registry.upload_parts import Part, least_in, offset_in, pieces, skip, with_digest


@given(st.binary(max_size=300), st.integers(1, 100), st.integers(0, 300))
def test_the_parts_from_an_offset_on_are_the_rest(data: bytes, chunk: int, offset: int) -> None:
    offset = min(offset, len(data))
    content = io.BytesIO(data)
    skip(content, offset)
    sent, start = bytearray(), offset
    while start < len(data):
        part = Part(start=start, end=min(start + chunk, len(data)), size=len(data))
        sent += b"".join(pieces(content, part, where="test"))
        start = part.end
    assert bytes(sent) == data[offset:]


def test_a_blob_in_one_part_is_no_part() -> None:
    assert "Content-Range" not in Part(start=0, end=10, size=10).headers
    assert Part(start=0, end=5, size=10).headers["Content-Range"] == "0-4"
    assert Part(start=5, end=10, size=10).headers["Content-Range"] == "5-9"


def test_what_was_altered_is_never_sent_whole() -> None:
    data = b"x" * (3 << 20)
    stream = io.BufferedReader(
        CheckedReader(io.BytesIO(data), digest=digest_of(b"y"), size=len(data), where="a.tar")
    )
    sent: list[bytes] = []
    with pytest.raises(InputError, match="not what its digest says"):
        sent.extend(pieces(stream, Part(start=0, end=len(data), size=len(data)), where="test"))
    assert 0 < sum(map(len, sent)) < len(data)


@pytest.mark.parametrize("content", [b"short", b"far too long for it"])
def test_content_of_another_length_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"too early|longer"):
        b"".join(pieces(io.BytesIO(content), Part(start=0, end=10, size=10), where="test"))


@pytest.mark.parametrize(
    ("header", "offset"),
    [("0-0", 0), ("0-9", 10), ("bytes=0-9", 10), ("", 0), ("5-9", 0), ("x", 0), ("0-" + "9" * 40, 0)],
)
def test_how_far_a_registry_has_come(header: str, offset: int) -> None:
    assert offset_in(header) == offset


def test_an_address_that_may_be_signed_stays_as_it_is() -> None:
    assert with_digest("/v2/a?_state=b%2Bc==", "sha256:1") == "/v2/a?_state=b%2Bc==&digest=sha256:1"
    assert with_digest("/v2/a", "sha256:1") == "/v2/a?digest=sha256:1"


@pytest.mark.parametrize(("header", "least"), [("", 0), ("5242880", 5242880), ("-1", 0), ("9" * 5000, 0)])
def test_how_large_a_part_must_be(header: str, least: int) -> None:
    assert least_in(header) == least
