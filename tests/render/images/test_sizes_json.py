"""What an image weighs, for programs."""

import json

from samestack.render.images.sizes_json import SIZES_SCHEMA, encode_sizes
from tests.render.images.weighed_images import bump, helpdesk


def test_it_says_everything() -> None:
    found = json.loads(encode_sizes(helpdesk(), bump()))
    assert found["schema"] == SIZES_SCHEMA
    assert (found["moved"], found["unpacked"], found["files"]) == (208_450_000, 693_320_000, 11_502)
    assert [one["number"] for one in found["layers"]] == [1, 2, 3, 4]
    assert found["packages"][0] == {
        "owner": {"kind": "python", "name": "torch", "version": "2.13.0"},
        "unpacked": 620_000_000,
        "files": 8123,
        "layers": [2],
    }
    assert sum(one["unpacked"] for one in found["shares"]) == found["unpacked"]
    assert found["movement"]["bytes"] == 420_000
    assert found["movement"]["is_exact"] is False


def test_without_a_question_there_is_no_movement() -> None:
    assert json.loads(encode_sizes(helpdesk()))["movement"] is None
