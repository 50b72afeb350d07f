"""What a comparison of two profiles comes to, in the words that every form of it uses."""

from collections.abc import Iterator, Sequence
from typing import Final

from samestack.config.differing import Difference, ProfileComparison, Relation, Side
from samestack.render.configuration.value_words import layer_words, value_words

ABSENT: Final = "-"
"""What stands where a profile does not have a variable."""
TABLED: Final = (
    Relation.DIFFERS,
    Relation.ONLY_BEFORE,
    Relation.ONLY_AFTER,
    Relation.OTHER_LAYER,
)
"""What stands in the table; the rest is told in a sentence."""


def tabled(comparison: ProfileComparison) -> tuple[Difference, ...]:
    """What differs, by name."""
    return tuple(one for one in comparison.differences if one.relation in TABLED)


def sides_words(difference: Difference) -> tuple[str, str]:
    """Both values as they may be shown; a text that reads like another type's value is in quotes."""
    before, after = _side(difference.before), _side(difference.after)
    if before == after and difference.relation is Relation.DIFFERS:
        return _quoted(difference.before), _quoted(difference.after)
    return before, after


def origins_words(difference: Difference) -> str:
    """``config/base.toml (base) -> vault:secret/helpdesk (secret store)``."""
    return " -> ".join(
        ABSENT if side is None else f"{side.origin} ({layer_words(side.origin.rank)})"
        for side in (difference.before, difference.after)
    )


def sentences(comparison: ProfileComparison) -> Iterator[str]:
    """What is to be said beside the table: shared secrets, what was not read, and the counts."""
    before, after = comparison.before, comparison.after
    if shared := comparison.related(Relation.SAME_SECRET):
        yield f"same secret in both: {_names(shared)}; whoever has it for {before} has it for {after}"
    if unread := comparison.related(Relation.UNDECIDED):
        yield f"in both, and not read, so that they may differ: {_names(unread)}"
    yield verdict(comparison)


def verdict(comparison: ProfileComparison) -> str:
    """``2 differ, 1 only in development, 8 are the same``."""
    counts = (
        (len(comparison.related(Relation.DIFFERS)), "differ", "differs"),
        (len(comparison.related(Relation.ONLY_BEFORE)), f"only in {comparison.before}", ""),
        (len(comparison.related(Relation.ONLY_AFTER)), f"only in {comparison.after}", ""),
        (
            len(comparison.related(Relation.OTHER_LAYER)),
            "come from another layer",
            "comes from another layer",
        ),
        (len(comparison.related(Relation.UNDECIDED)), "not read", ""),
        (comparison.same - len(comparison.related(Relation.OTHER_LAYER)), "are the same", "is the same"),
    )
    words = (f"{number} {one if number == 1 and one else many}" for number, many, one in counts if number)
    return ", ".join(words) or "neither has any variables"


def has_fingerprints(comparison: ProfileComparison) -> bool:
    """Whether a fingerprint stands in the table."""
    return any(
        side is not None and side.fingerprint
        for one in tabled(comparison)
        for side in (one.before, one.after)
    )


FINGERPRINTS: Final = "fingerprints (#...) tell secrets apart, and mean nothing outside of this run"
"""What is said of them where some are shown."""


def _side(side: Side | None) -> str:
    if side is None:
        return ABSENT
    return f"{value_words(side.value)}{_mark(side)}"


def _quoted(side: Side | None) -> str:
    if side is None or not isinstance(side.value, str):
        return _side(side)
    return f'"{side.value}"{_mark(side)}'


def _mark(side: Side) -> str:
    return f" #{side.fingerprint}" if side.fingerprint else ""


def _names(differences: Sequence[Difference]) -> str:
    return ", ".join(one.name for one in differences)
