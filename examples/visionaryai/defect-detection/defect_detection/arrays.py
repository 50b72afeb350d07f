"""The kinds of array that go from step to step."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""8-bit RGB, shape (480, 640, 3)."""
Grey = NDArray[np.uint8]
"""8-bit brightness, shape (480, 640)."""
Plane = NDArray[np.float32]
"""One value a pixel, shape (480, 640)."""
Mask = NDArray[np.bool_]
"""True for the pixels that are meant, shape (480, 640)."""
Outline = NDArray[np.int32]
"""A contour as OpenCV gives it, shape (points, 1, 2)."""
Values = NDArray[Any]
"""Floating-point numbers of any precision and shape."""
