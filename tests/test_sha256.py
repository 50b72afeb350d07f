import hashlib

from hypothesis import given
from hypothesis import strategies as st

from samestack.sha256 import sha256_hex


@given(st.lists(st.binary()))
def test_it_is_the_sha256_of_hashlib(pieces: list[bytes]) -> None:
    assert sha256_hex(*pieces) == hashlib.sha256(b"".join(pieces)).hexdigest()
