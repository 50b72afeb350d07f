"""How far two answers of a kind may be apart. The defaults are those of the tools that compare such answers.

Each tolerance is widened by what an environment differs from itself: see :func:`widened`.
"""

from enum import StrEnum
from typing import Annotated, Final, TypeVar

from msgspec import Meta, Struct, structs

NOISE_FACTOR: Final = 3
"""How many times the distance of an environment from itself another one may be apart from it."""

Amount = Annotated[float, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]


class Tolerance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is allowed, and the noise that is known: nothing more than that where nothing may differ."""

    noise: float = 0.0
    """The largest distance between two runs in one environment, in the measure of the kind."""

    @property
    def limit(self) -> float:
        """The distance that is allowed where there is no noise."""
        return 0.0

    @property
    def allowed(self) -> float:
        """The distance that is allowed: the limit, or three times the noise if that is more."""
        return max(self.limit, NOISE_FACTOR * self.noise)


T = TypeVar("T", bound=Tolerance)


def widened(tolerance: T, noise: float) -> T:
    """A tolerance that also allows for the noise; noise only ever widens."""
    return structs.replace(tolerance, noise=max(tolerance.noise, noise))


class Closeness(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two numbers are close when they differ by at most ``atol`` + ``rtol`` of the larger one.

    Never by ``rtol`` alone: near zero that gives false alarms (microsoft/onnxruntime#19792). The defaults for
    each precision are in ``defaults.py``.
    """

    rtol: Amount = 1e-7
    atol: Amount = 1e-7

    @property
    def limit(self) -> float:
        """Once what is allowed."""
        return 1.0


class ClassTolerance(Closeness, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any flip is a difference, but for a tie: two scores that are close.

    Between two versions of one library such flips are what users see ("instability", arXiv 2010.09028).
    """

    @property
    def limit(self) -> float:
        """No flips."""
        return 0.0


class TopKTolerance(ClassTolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which are the best ``k`` counts, their order only where their scores differ by more than is close.

    Sorting leaves open which of two equal values comes first (numpy/numpy#24064).
    """

    k: Annotated[int, Meta(ge=0)] = 0
    """How many; 0 for all that are listed, and for 5 where the scores of all are."""


class IntegerTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Integers are the same or they are not, unless a project allows a difference."""

    atol: Amount = 0.0

    @property
    def limit(self) -> float:
        """The largest difference."""
        return self.atol


class TextTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts are the same or they are not, in Unicode's composed form (NFC), unless a project allows more."""

    ratio: Share = 1.0
    """The share of the characters that has to stay: 1 - edit distance / length of the longer text."""
    pattern: str = ""
    """A regular expression: only what it finds is compared, its groups where it has any."""

    @property
    def limit(self) -> float:
        """The share of the characters that may be edited."""
        return 1 - self.ratio


class BoxesTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every box has its counterpart of the same class.

    A turned rectangle has several descriptions, and OpenCV changed the one that it gives
    (opencv/opencv#19472): what counts is the area that it covers.
    """

    iou: Annotated[float, Meta(ge=0, lt=1)] = 0.99
    """How much two boxes have to overlap: intersection over union."""
    atol: Amount = 1e-3
    """By how much their scores may differ."""
    columns: tuple[str, ...] = ()
    """What the numbers of a box are; none for finding out."""

    @property
    def limit(self) -> float:
        """Once what is allowed."""
        return 1.0


class MaskTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The pixels of every class overlap. The default is that of boxes."""

    iou: Share = 0.99
    """How much, of the class that overlaps least: intersection over union."""

    @property
    def limit(self) -> float:
        """What the overlap may lack."""
        return 1 - self.iou


class LabelsTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What belongs together still does, whatever the labels are called. The default is samestack's own."""

    ari: Annotated[float, Meta(ge=-1, le=1)] = 0.99
    """The adjusted Rand index: 1 for the same groups, around 0 for groups by chance."""

    @property
    def limit(self) -> float:
        """What the index may lack."""
        return 1 - self.ari


class Alignment(StrEnum):
    """Which vectors may point the other way: the signs of principal components mean nothing."""

    NONE = "none"
    ROWS = "rows"
    """Each vector by itself: the components."""
    COLUMNS = "columns"
    """Each coordinate, in all vectors alike: what was projected on the components."""


class EmbeddingTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Vectors point the same way. scikit-learn 1.5 turned the signs of PCA, which a project can allow."""

    cosine: Share = 0.9999
    """The cosine of the angle between the two vectors that are furthest apart, at least."""
    align: Alignment = Alignment.NONE

    @property
    def limit(self) -> float:
        """What the cosine may lack."""
        return 1 - self.cosine


class PictureTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pictures look the same; the mean is the one of pytest-regressions, one level is what rounding does."""

    levels: Amount = 1.0
    """By how many levels a pixel may differ."""
    mean: Share = 0.001
    """By how much pixels may differ on average, as a share of the full range."""

    @property
    def limit(self) -> float:
        """Once what is allowed."""
        return 1.0


class DistributionTolerance(Closeness, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answers are spread alike, by the tests and limits of evidently; close numbers count as the same.

    Up to 1000 answers Kolmogorov and Smirnov's test, for labels chi-squared; of more answers every small
    difference is significant, so their Wasserstein distance in standard deviations, for labels Jensen and
    Shannon's distance.
    """

    p: Share = 0.05
    """How improbable the difference may be by chance, for up to 1000 answers."""
    drift: Amount = 0.1
    """The distance that is allowed, for more than 1000 answers."""

    @property
    def limit(self) -> float:
        """None: a test says whether a distance may be chance."""
        return 0.0


class Better(StrEnum):
    """Which way a figure may move freely."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class MetricTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure reaches 99 % of the reference, as in the rules of MLPerf, whose stricter value is 99.9 %."""

    share: Share = 0.99
    better: Better = Better.NEITHER
    """Samestack asks whether an answer is the same: by default what is better by more is a change, too."""

    @property
    def limit(self) -> float:
        """The share that may be missing."""
        return 1 - self.share


class LatencyTolerance(Tolerance, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It does not take longer: by Mann and Whitney's test and by more than a tenth, both."""

    ratio: Annotated[float, Meta(ge=1)] = 1.1
    """How many times as long the median may take."""
    p: Share = 0.05
    """How improbable the difference may be by chance."""

    @property
    def limit(self) -> float:
        """By what share of the time it may take longer."""
        return self.ratio - 1
