"""A manifest that was inferred, written whole or not at all."""

from pathlib import Path

from samestack.files import write_file
from samestack.project.inference.inferring import Inference
from samestack.solve.edits import apply


def save(inference: Inference) -> None:
    """Write what was inferred: a new file, or the old one with what was missing."""
    if inference.is_new:
        write_file(inference.change.after.encode(), Path(inference.change.file))
    else:
        apply((inference.change,))
