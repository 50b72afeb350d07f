"""Pictures are decoded to what is seen, and kept without any loss."""

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn
from PIL import Image

from samestack.behaviour.recording import pictures
from samestack.behaviour.recording.pictures import picture_bytes, picture_from
from samestack.behaviour.recording.recording import Picture

SIDES = st.integers(1, 6)


@st.composite
def pixels(draw: Any) -> Any:
    height, width, channels = draw(SIDES), draw(SIDES), draw(st.sampled_from([0, 2, 3, 4]))
    if channels:
        return draw(hn.arrays(np.uint8, (height, width, channels)))
    return draw(hn.arrays(st.sampled_from([np.uint8, np.uint16]), (height, width)))


def encoded(image: Image.Image, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, format=form)
    return file.getvalue()


@given(pixels())
def test_there_and_back(array: Any) -> None:
    assert picture_from(picture_bytes(Picture(array))) == Picture(array)


def test_equality_is_that_of_pixels() -> None:
    zeros = np.zeros((2, 3), np.uint8)
    assert Picture(zeros) == Picture(zeros.copy())
    assert Picture(zeros) != Picture(zeros + 1)
    assert Picture(zeros) != Picture(zeros.astype(np.uint16))
    assert Picture(zeros) != Picture(zeros.T)
    assert Picture(zeros) != zeros.tolist()


def test_a_palette_is_seen_as_its_colours() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((1, 0), 1)
    assert picture_from(encoded(image)).pixels.tolist() == [[[0, 0, 0], [255, 0, 0]]]


def test_a_bit_is_black_or_white() -> None:
    image = Image.new("1", (2, 1))
    image.putpixel((1, 0), 1)
    assert picture_from(encoded(image)).pixels.tolist() == [[0, 255]]


def test_a_photograph_is_decoded() -> None:
    image = Image.new("RGB", (8, 8), (200, 10, 30))
    assert picture_from(encoded(image, "JPEG")).pixels.shape == (8, 8, 3)


def test_what_is_no_picture_is_refused() -> None:
    data = encoded(Image.new("RGB", (50, 50)))
    for broken in (b"", b"text", data[:40]):
        with pytest.raises(ValueError, match="it is no picture"):
            picture_from(broken)


def test_a_picture_that_is_too_large_is_refused_undecoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 99)
    with pytest.raises(ValueError, match="more than 99 pixels"):
        picture_from(encoded(Image.new("L", (10, 10))))
