"""Messages of the protocol: whatever a server sends is read, or is malformed, and nothing else happens."""

import contextlib
import stat
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.ssh.packets import (
    Answer,
    Attributes,
    MalformedError,
    Named,
    Type,
    attributes_of,
    data_of,
    handle_of,
    names_of,
    of_path,
    packed,
    reading,
    status_of,
    string,
)

READERS = (attributes_of, data_of, handle_of, lambda answer: list(names_of(answer)), status_of)


@given(st.sampled_from([*Type, 0, 255]), st.binary(max_size=80))
def test_any_answer_is_read_or_malformed(kind: int, body: bytes) -> None:
    for read in READERS:
        with contextlib.suppress(MalformedError):
            read(Answer(kind, body))


def test_requests_as_the_protocol_has_them() -> None:
    assert packed(of_path(Type.STAT, "/a"), 7) == struct.pack(">IBII", 11, 17, 7, 2) + b"/a"
    assert packed(of_path(Type.OPEN, "/a"), 1) == struct.pack(">IBII", 19, 3, 1, 2) + b"/a" + struct.pack(
        ">II", 1, 0
    )
    assert packed(reading(b"h", 5, 9), 2) == struct.pack(">IBII", 22, 5, 2, 1) + b"h" + struct.pack(
        ">QI", 5, 9
    )


def test_attributes_with_all_that_a_server_may_say() -> None:
    flags = 0x8000000F
    body = struct.pack(">IQIIIII", flags, 12, 1, 1, stat.S_IFREG | 0o644, 0, 0)
    body += struct.pack(">I", 1) + string(b"name") + string(b"value")
    found = attributes_of(Answer(Type.ATTRS, body))
    assert found == Attributes(12, stat.S_IFREG | 0o644)
    assert (found.is_file, found.is_directory, found.is_link) == (True, False, False)


def test_names_that_are_no_text_stay_what_they_are() -> None:
    body = struct.pack(">I", 1) + string(b"\xff") + string(b"") + struct.pack(">I", 0)
    assert list(names_of(Answer(Type.NAME, body))) == [Named("\udcff", Attributes())]
    assert packed(of_path(Type.STAT, "\udcff"), 0).endswith(b"\xff")


@pytest.mark.parametrize("count", [2**32 - 1, 2])
def test_more_names_than_there_are(count: int) -> None:
    with pytest.raises(MalformedError):
        list(names_of(Answer(Type.NAME, struct.pack(">I", count) + string(b"a") + string(b""))))
