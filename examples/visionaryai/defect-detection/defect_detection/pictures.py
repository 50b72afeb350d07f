"""Reads the pictures of parts from a folder, and the truth about them where it is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List

import numpy as np
from PIL import Image

from .arrays import Picture
from .errors import InputError
from .parts import HEIGHT, VERDICTS, WIDTH

TRUTH = "truth.json"


def list_pictures(folder: Path) -> List[Path]:
    """The JPEG pictures in ``folder``, by name. Raises ``InputError`` where there is none."""
    pictures = sorted(folder.glob("*.jpg"))
    if not pictures:
        raise InputError(f"{folder}: no *.jpg picture in this folder; draw some with the command 'draw'")
    return pictures


def read_picture(path: Path) -> Picture:
    """The camera's picture at ``path``. Raises ``InputError`` for any other file."""
    try:
        with Image.open(path) as picture:
            pixels = np.asarray(picture.convert("RGB"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read as a picture: {error}") from error
    if pixels.shape != (HEIGHT, WIDTH, 3):
        raise InputError(f"{path}: {pixels.shape[1]} by {pixels.shape[0]} pixels, not {WIDTH} by {HEIGHT}")
    return pixels


def write_truth(folder: Path, truth: Dict[str, str]) -> None:
    """Write the right verdict on each picture, by file name."""
    (folder / TRUTH).write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8")


def read_truth(folder: Path) -> Dict[str, str]:
    """The right verdict on each picture in ``folder``, by file name. Raises ``InputError``."""
    path = folder / TRUTH
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(truth, dict) or not all(verdict in VERDICTS for verdict in truth.values()):
        raise InputError(f"{path}: expected an object of file names with {', '.join(VERDICTS)}")
    return truth
