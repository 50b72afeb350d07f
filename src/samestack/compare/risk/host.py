"""The host: processor, GPU, driver and kernel."""

from collections.abc import Iterator

from packaging.version import Version

from samestack.compare.difference import Reason
from samestack.compare.risk.packages import component_table, pair_reasons
from samestack.compare.risk.presence import Pair, both_sides, came
from samestack.compare.risk.reasons import known_cause, unknown
from samestack.model import Component, Value
from samestack.model.change import Change


def hardware_reasons(change: Change) -> Iterator[Reason]:
    """Why another processor or GPU bears a risk."""
    pair = both_sides(change)
    if change.name == "gpu":
        yield _of_gpu(change, pair)
    elif pair is None:
        yield unknown(f"{change.name} is stated on one side only.")
    else:
        yield from _of_processor(pair)


def driver_reasons(change: Change) -> Iterator[Reason]:
    """Why another driver bears a risk."""
    pair = both_sides(change)
    if pair is None:
        yield came(change.name) if change.before is None else known_cause("driver-removed")
        return
    before, after = (_highest_cuda(component) for component in pair)
    if before is not None and after is not None and after < before:
        yield known_cause("highest-cuda-fell", f"The driver offers CUDA {after} at most, before {before}.")
    yield from pair_reasons(pair, component_table(change.component))


def kernel_reasons(change: Change) -> Iterator[Reason]:
    """Why another kernel bears a risk."""
    if change.name == "linux" and both_sides(change) is not None:
        yield known_cause("kernel")
    else:
        yield unknown("The kernel is another one; what that does is unknown.")


def _of_gpu(change: Change, pair: Pair | None) -> Reason:
    if change.before is None:
        return came("The GPU")
    if change.after is None:
        return known_cause("gpu-removed", "The GPU is gone.")
    if pair is not None and pair[0].version == pair[1].version:
        return unknown("The same GPU, set up otherwise.")
    return known_cause(
        "gpu-model", f"{change.before.version or 'A GPU'} became {change.after.version or 'another'}."
    )


def _of_processor(pair: Pair) -> Iterator[Reason]:
    before, after = pair
    old, new = (_instruction_sets(component.facts.get("instruction_sets")) for component in pair)
    if _differ(pair, "architecture"):
        yield known_cause(
            "architecture", f"{before.facts['architecture']} became {after.facts['architecture']}."
        )
    if old is None or new is None:
        yield unknown("The instruction sets are not stated on both sides.")
    elif old != new:
        yield known_cause("instruction-sets", _named_difference(old, new))
    elif before.version != after.version:
        yield known_cause("same-instruction-sets")
    if _differ(pair, "logical_processors"):
        counts = [component.facts["logical_processors"] for component in pair]
        yield known_cause("thread-count", f"{counts[0]} logical processors became {counts[1]}.")
    elif old is not None and old == new and before.version == after.version:
        yield unknown("The same processor, stated otherwise.")


def _differ(pair: Pair, fact: str) -> bool:
    """Whether both sides state a fact, and differently."""
    before, after = (component.facts.get(fact) for component in pair)
    return before is not None and after is not None and before != after


def _instruction_sets(value: Value | None) -> frozenset[str] | None:
    return frozenset(value) if isinstance(value, tuple) else None


def _named_difference(old: frozenset[str], new: frozenset[str]) -> str:
    lost, won = ", ".join(sorted(old - new)), ", ".join(sorted(new - old))
    parts = (f"without {lost}" if lost else "", f"now with {won}" if won else "")
    return f"The processor is {' and '.join(part for part in parts if part)}."


def _highest_cuda(driver: Component) -> Version | None:
    value = driver.facts.get("highest_cuda")
    try:
        return Version(value) if isinstance(value, str) else None
    except ValueError:
        return None
