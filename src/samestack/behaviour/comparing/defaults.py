"""The tolerance that each kind has where a project does not say another one."""

from typing import Final

from msgspec import structs

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import (
    BoxesTolerance,
    ClassTolerance,
    Closeness,
    DistributionTolerance,
    EmbeddingTolerance,
    IntegerTolerance,
    LabelsTolerance,
    LatencyTolerance,
    MaskTolerance,
    MetricTolerance,
    PictureTolerance,
    TextTolerance,
    Tolerance,
    TopKTolerance,
)

PRECISIONS: Final = {
    "float64": (1e-7, 1e-7),
    "float32": (1.3e-6, 1e-5),
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
}
"""``rtol`` and ``atol`` by precision: those of ``torch.testing`` (torch/testing/_comparison.py)."""

ACROSS_RUNTIMES: Final = {
    "float64": (1e-7, 1e-7),
    "float32": (1e-4, 1e-5),
    "float16": (1e-3, 2.5e-3),
    "bfloat16": (1.6e-2, 2e-2),
}
"""The same where another runtime computes: as in microsoft/onnxruntime#19792, but nowhere tighter."""

TOLERANCES: Final[dict[Kind, type[Tolerance]]] = {
    Kind.FLOAT: Closeness,
    Kind.INTEGER: IntegerTolerance,
    Kind.TEXT: TextTolerance,
    Kind.CLASS: ClassTolerance,
    Kind.PROBABILITIES: Closeness,
    Kind.TOP_K: TopKTolerance,
    Kind.BOXES: BoxesTolerance,
    Kind.MASK: MaskTolerance,
    Kind.LABELS: LabelsTolerance,
    Kind.EMBEDDING: EmbeddingTolerance,
    Kind.PICTURE: PictureTolerance,
    Kind.DISTRIBUTION: DistributionTolerance,
    Kind.METRIC: MetricTolerance,
    Kind.LATENCY: LatencyTolerance,
    Kind.EXACT: Tolerance,
}


def default_tolerance(
    kind: Kind, precision: str = "float64", *, is_across_runtimes: bool = False
) -> Tolerance:
    """The tolerance of a kind; ``precision``, one of :data:`PRECISIONS`, says what is close."""
    tolerance = TOLERANCES[kind]()
    if not isinstance(tolerance, Closeness):
        return tolerance
    rtol, atol = (ACROSS_RUNTIMES if is_across_runtimes else PRECISIONS)[precision]
    return structs.replace(tolerance, rtol=rtol, atol=atol)
