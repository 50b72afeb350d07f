"""One version, made otherwise: another build, content or source."""

import re
from collections.abc import Iterator

from samestack.compare.difference import Reason
from samestack.compare.risk.presence import Pair
from samestack.compare.risk.reasons import known_cause, unknown
from samestack.model import Component

_BLAS = re.compile(r"mkl|openblas|blis|accelerate|netlib|armpl", re.IGNORECASE)
_ACCELERATOR = re.compile(r"(?<![a-z])(?:cu(?:da)?_?\d+|cpu|gpu|rocm[\d.]*|xpu|hip)", re.IGNORECASE)


def rebuild_reasons(pair: Pair, *, is_numeric: bool) -> Iterator[Reason]:
    """Why a rebuild can change what is computed; always one reason at least."""
    before, after = pair
    said = f"The same version, but other {_differences(pair)}."
    old, new = (f"{one.version or ''} {one.build or ''}" for one in (before, after))
    if _words(_BLAS, old) != _words(_BLAS, new):
        yield known_cause("blas", said)
    elif _words(_ACCELERATOR, old) != _words(_ACCELERATOR, new):
        yield known_cause("accelerator-build", said)
    elif is_numeric and _is_made_otherwise(pair):
        yield known_cause("rebuilt-numeric", said)
    else:
        yield unknown(f"{said} What that does is unknown.")


def _words(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in pattern.findall(text))


def _is_made_otherwise(pair: Pair) -> bool:
    before, after = (_making(component) for component in pair)
    return before != after


def _making(component: Component) -> tuple[str | None, ...]:
    """What tells two makings of one version apart."""
    return (_local_label(component), component.build, component.content, component.source)


def _local_label(component: Component) -> str:
    return (component.version or "").partition("+")[2]


def _differences(pair: Pair) -> str:
    before, after = pair
    named = {
        "local label": (_local_label(before), _local_label(after)),
        "build": (before.build, after.build),
        "content": (before.content, after.content),
        "source": (before.source, after.source),
        "requirement": ((before.requirement, before.marker), (after.requirement, after.marker)),
        "facts": (before.facts, after.facts),
    }
    return " and ".join(name for name, (old, new) in named.items() if old != new) or "spelling"
