"""Is it the machine? Threads and processor features change the last bits of a product, and what hangs on it.

The bad environment is run once with each of a few variables set. If that makes it good, the packages that
differ are still looked for, but whoever reads the verdict knows by what they act.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.side import Sides
from samestack.behaviour.bisecting.trials.outcome import Outcome

_NOT_OF_NUMBERS: Final = re.compile(
    r"^(?:ImportError|ModuleNotFoundError|AttributeError|TypeError|NameError|SyntaxError)\b", re.MULTILINE
)
"""How Python programs fail that no machine factor could help."""
_COMPUTING: Final = frozenset(
    {
        "numpy", "scipy", "scikit-learn", "numexpr", "torch", "tensorflow", "tensorflow-cpu", "jax", "jaxlib",
        "onnxruntime", "xgboost", "lightgbm", "opencv-python", "opencv-python-headless",
    }
)  # fmt: skip


class Factor(Struct, frozen=True, kw_only=True):
    """Variables that take one property of the machine out of what is computed."""

    name: str
    """What is different then, so that "it is good ..." is a sentence: ``on one thread``."""
    variables: Mapping[str, str]
    packages: frozenset[str]
    """Those of which at least one has to be there for it to matter."""


class TriedFactor(Struct, frozen=True, kw_only=True):
    """The bad environment under a factor."""

    factor: Factor
    answer: Answer


FACTORS: Final = (
    Factor(
        name="on one thread",
        variables={
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "NUMEXPR_NUM_THREADS": "1",
            "TF_NUM_INTRAOP_THREADS": "1",
            "TF_NUM_INTEROP_THREADS": "1",
        },
        packages=_COMPUTING,
    ),
    Factor(
        name="without numpy's code for newer processors",
        variables={
            # What a release does not dispatch on, or the processor does not have, numpy passes over.
            "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_ICL",
        },
        packages=frozenset({"numpy"}),
    ),
    Factor(
        name="without oneDNN",
        variables={"TF_ENABLE_ONEDNN_OPTS": "0"},
        packages=frozenset({"tensorflow", "tensorflow-cpu", "tensorflow-intel"}),
    ),
)
"""What is tried, each by itself."""


def factors_for(packages: Collection[str], outcome: Outcome) -> tuple[Factor, ...]:
    """Those that could matter to packages, and to a program that ended like this."""
    if _NOT_OF_NUMBERS.search(outcome.messages):
        return ()
    return tuple(one for one in FACTORS if not one.packages.isdisjoint(packages))


def tried_factors(laboratory: Laboratory, sides: Sides, factors: Collection[Factor]) -> Iterator[TriedFactor]:
    """The bad environment under each."""
    environment = sides.bad.environment
    trials = [(laboratory.described(environment, variables=one.variables), 0) for one in factors]
    outcomes = laboratory.outcomes(trials, "is it the machine?")
    for factor, outcome in zip(factors, outcomes, strict=True):
        yield TriedFactor(factor=factor, answer=laboratory.judged(outcome).told.answer)
