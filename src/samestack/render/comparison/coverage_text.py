"""What two declarations pin and carry, in a line each: for the terminal, Markdown and HTML alike."""

from collections.abc import Iterable, Iterator

from samestack.compare.coverage import Coverage


def coverage_lines(coverage: Coverage) -> Iterator[tuple[str, str]]:
    """Pairs of a heading and what stands under it; what there is none of is left out."""
    pairs = (
        ("pinned to one release by both", _joined(coverage.pinned_by_both)),
        ("pinned by A alone", _joined(coverage.pinned_before)),
        ("pinned by B alone", _joined(coverage.pinned_after)),
        ("pinned by neither", _joined(coverage.pinned_by_neither)),
        ("only conda can carry", _joined(coverage.only_conda)),
        ("one package, two names", _joined(f"{one.index} = {one.conda}" for one in coverage.renamed)),
        ("neither speaks of", _joined(coverage.unspoken)),
    )
    yield from ((heading, listed) for heading, listed in pairs if listed)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
