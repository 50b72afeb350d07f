"""An image held against its lock, on a terminal and for programs."""

import json

from samestack.image.verifying.verification import DeviationKind
from samestack.render.images.verification_json import IMAGE_VERIFICATION_SCHEMA, encode_verification
from samestack.render.images.verification_text import print_verification
from samestack.render.images.verification_words import KINDS
from tests.render.golden_text import assert_golden, drawn
from tests.render.images.held_images import deviating, hostile, whole


def test_an_image_that_is_what_its_lock_says() -> None:
    assert_golden("image_whole.txt", drawn(lambda console: print_verification(whole(), console)))


def test_an_image_that_is_not() -> None:
    assert_golden("image_deviating.txt", drawn(lambda console: print_verification(deviating(), console)))


def test_what_is_too_much_is_counted() -> None:
    short = drawn(lambda console: print_verification(deviating(more=40), console))
    assert "and 29 more (list them with --full)" in short
    whole_text = drawn(lambda console: print_verification(deviating(more=40), console, full=True))
    assert "spy39.py" in whole_text
    assert "--full" not in whole_text


def test_nothing_that_an_image_says_moves_the_cursor() -> None:
    text = drawn(lambda console: print_verification(hostile(), console), width=60)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_every_kind_has_a_word() -> None:
    assert KINDS.keys() == set(DeviationKind)


def test_for_programs() -> None:
    found = json.loads(encode_verification(deviating()))
    assert (found["schema"], found["is_whole"]) == (IMAGE_VERIFICATION_SCHEMA, False)
    assert (found["system_packages"], found["layers"]) == (None, None)
    assert found["deviations"][0] == {
        "kind": "other-version",
        "subject": "click",
        "detail": "8.1.6 instead of 8.1.7",
        "layer": 4,
    }
    assert json.loads(encode_verification(whole()))["is_whole"] is True
