"""Secrets masked however the output is cut into pieces."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.masking import MASK
from samestack.config.running.redaction import Redactor

PIECES = st.lists(st.sampled_from(["hunter22", "unter", "22-tail", "hun", "xx", " ", "22-", "tailor-made"]))
SECRETS = st.frozensets(st.sampled_from(["hunter22", "22-tail", "tailor", "unter22-", "hunt"]), min_size=1)


def streamed(redactor: Redactor, data: bytes, cuts: list[int]) -> bytes:
    """The masked stream, fed in pieces that end at the cuts."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    fed = [redactor.feed(data[a:b]) for a, b in itertools.pairwise(places)]
    return b"".join((*fed, redactor.rest()))


class TestStreams:
    @given(SECRETS, PIECES, st.lists(st.integers(0, 200)))
    def test_pieces_do_not_matter_and_no_secret_is_left(
        self, secrets: frozenset[str], pieces: list[str], cuts: list[int]
    ) -> None:
        text = "".join(pieces)
        masked = streamed(Redactor(secrets), text.encode(), cuts)
        assert masked.decode() == Redactor(secrets).text(text)
        assert not any(secret in masked.decode() for secret in secrets)

    def test_what_is_no_beginning_of_a_secret_is_told_at_once(self) -> None:
        redactor = Redactor(["hunter22"])
        assert redactor.feed(b"ready? [y/N] ") == b"ready? [y/N] "
        assert redactor.feed(b"password: hunt") == b"password: "
        assert redactor.feed(b"ing season") == b"hunting season"

    def test_secrets_that_overlap_are_one_mask(self) -> None:
        assert Redactor(["hunter22", "22-tail"]).text("a hunter22-tail b") == f"a {MASK} b"

    def test_without_secrets_everything_is_told(self) -> None:
        redactor = Redactor([])
        assert redactor.feed(b"hunter22") + redactor.rest() == b"hunter22"


class TestForms:
    @pytest.mark.parametrize(
        "written",
        [
            json.dumps({"key": 'a"b\\c/d ü'}),
            json.dumps({"key": 'a"b\\c/d ü'}, ensure_ascii=False),
            "https://example.org/?key=a%22b%5Cc%2Fd%20%C3%BC",
            "key=a%22b%5Cc%2Fd+%C3%BC",
            "Authorization: Basic YSJiXGMvZCDDvA==",
            repr('a"b\\c/d ü'),
        ],
    )
    def test_a_secret_is_masked_as_programs_write_it(self, written: str) -> None:
        masked = Redactor(['a"b\\c/d ü']).text(written)
        assert MASK in masked
        for form in ("b\\", "%5C", "YSJiXGM"):
            assert form not in masked

    def test_a_secret_of_several_lines_is_masked_line_by_line(self) -> None:
        key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nshort\n-----END KEY-----\n"
        assert Redactor([key]).text("  MIIEvQIBADANBgkqhkiG9w0 |") == f"  {MASK} |"

    def test_short_secrets_are_not_looked_for(self) -> None:
        assert Redactor(["abc"]).text("abc") == "abc"
