"""Pictures: whatever a program wrote, decoded to pixels; kept as PNG, which loses nothing."""

import io
import warnings
from typing import Any, Final

from samestack.behaviour.recording.recording import Picture
from samestack.libraries import library

MAX_PIXELS: Final = 120_000_000
"""A larger picture is refused before it is decoded. A camera's have up to a hundred million."""

_CHANNELS: Final = {2: "LA", 3: "RGB", 4: "RGBA"}
_AS_THEY_ARE: Final = frozenset({"L", "LA", "RGB", "RGBA", "I;16"})
_PURPOSE: Final = "reading pictures"


def picture_from(data: bytes) -> Picture:
    """The picture in a file's bytes, its colours as they are seen. ``ValueError`` where there is none."""
    numpy, pillow = library("numpy", _PURPOSE), library("PIL.Image", _PURPOSE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with pillow.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise ValueError(f"it has more than {MAX_PIXELS} pixels")
                return Picture(_pixels(numpy, image))
        except (OSError, SyntaxError, pillow.DecompressionBombError) as error:
            raise ValueError(f"it is no picture: {error}") from None


def picture_bytes(picture: Picture) -> bytes:
    """The picture as the bytes of a PNG file."""
    numpy, pillow = library("numpy", _PURPOSE), library("PIL.Image", _PURPOSE)
    pixels = picture.pixels
    height, width = pixels.shape[:2]
    grey = "I;16" if pixels.dtype == numpy.uint16 else "L"
    mode = grey if pixels.ndim == 2 else _CHANNELS[pixels.shape[2]]
    file = io.BytesIO()
    pillow.frombytes(mode, (width, height), pixels.tobytes()).save(file, format="PNG", optimize=False)
    return file.getvalue()


def _pixels(numpy: Any, image: Any) -> Any:  # noqa: ANN401 - an optional library's
    if image.mode == "I" or image.mode.startswith("I;16"):
        return _sixteen_bits(numpy, numpy.asarray(image))
    if image.mode not in _AS_THEY_ARE:
        # A palette, a bit or a printer's inks: what is seen is compared, not how it is written down.
        image = image.convert("RGBA" if "transparency" in image.info else _seen_as(image.mode))
    return numpy.ascontiguousarray(numpy.asarray(image))


def _seen_as(mode: str) -> str:
    if mode in {"1", "F"}:
        return "L"
    return {"PA": "RGBA", "La": "LA", "RGBa": "RGBA"}.get(mode, "RGB")


def _sixteen_bits(numpy: Any, pixels: Any) -> Any:  # noqa: ANN401
    """Pillow has held 16 bits in 32 at times."""
    if pixels.size and (pixels.min() < 0 or pixels.max() > 65535):
        raise ValueError("it has more than 16 bits a pixel")
    return numpy.ascontiguousarray(pixels.astype(numpy.uint16))
