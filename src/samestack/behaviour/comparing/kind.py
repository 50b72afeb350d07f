"""What an answer is, which decides what it means that two of them are the same."""

from enum import StrEnum


class Kind(StrEnum):
    """A kind of answer; each is compared in its own way."""

    FLOAT = "float"
    """Numbers that arithmetic may round differently."""
    INTEGER = "integer"
    """Whole numbers: counts, positions."""
    TEXT = "text"
    """Words."""
    CLASS = "class"
    """What a thing was taken for: a label, or the scores of all labels, of which the highest counts."""
    PROBABILITIES = "probabilities"
    """Scores of all classes, each of which counts."""
    TOP_K = "top-k"
    """The best few: labels, or the scores of all, of which the highest few count."""
    BOXES = "boxes"
    """Where things were found in a picture, in no particular order."""
    MASK = "mask"
    """What each pixel belongs to."""
    LABELS = "labels"
    """Which things belong together; the labels themselves mean nothing."""
    EMBEDDING = "embedding"
    """Vectors whose direction counts."""
    PICTURE = "picture"
    """Something to look at."""
    DISTRIBUTION = "distribution"
    """How the answers to all inputs are spread; one answer alone means nothing."""
    METRIC = "metric"
    """A figure for the quality of a whole batch: an accuracy, a loss."""
    LATENCY = "latency"
    """How long something took."""
    EXACT = "exact"
    """What has to be the same in every bit."""

    @property
    def is_over_inputs(self) -> bool:
        """Whether it is about the answers to all inputs together, not to each of them."""
        return self in {Kind.DISTRIBUTION, Kind.LATENCY}
