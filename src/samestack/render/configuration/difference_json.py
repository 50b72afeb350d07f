"""What differs between two profiles as JSON for programs, schema ``samestack/configuration-diff/1``."""

from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from samestack.codec import encode
from samestack.config.differing import ProfileComparison, Relation, Side
from samestack.render.configuration.value_words import layer_words

CONFIGURATION_DIFF_SCHEMA: Final = "samestack/configuration-diff/1"
"""The schema that is written."""


class ProfileSide(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A variable as one profile has it. A secret is never in it."""

    value: Any = msgspec.UNSET
    """Masked where it is a secret in one of both; left out where it was not read."""
    fingerprint: str = ""
    """Of the whole value, where not all of it is shown: equal for equal values of this document alone."""
    source: str
    place: str = ""
    """The place in the source: the path of keys, ``version 7``."""
    layer: str
    """``secret store``."""


class ProfileDifference(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A variable that is not the same in both, or a secret that is."""

    name: str
    relation: Relation
    before: ProfileSide | None
    """Null where the profile does not have it."""
    after: ProfileSide | None


class ConfigurationDiffDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two profiles held against each other."""

    schema: Literal["samestack/configuration-diff/1"]
    before: str
    """The first profile."""
    after: str
    """The second profile."""
    is_equal: bool
    """Whether nothing is known to differ."""
    same: int
    """How many variables are the same in both."""
    differences: tuple[ProfileDifference, ...]
    """By name."""


def encode_comparison(comparison: ProfileComparison) -> bytes:
    """It as indented JSON, ending with a line break."""
    differences = tuple(
        ProfileDifference(
            name=one.name, relation=one.relation, before=_side(one.before), after=_side(one.after)
        )
        for one in comparison.differences
    )
    return encode(
        ConfigurationDiffDocument(
            schema=CONFIGURATION_DIFF_SCHEMA,
            before=comparison.before,
            after=comparison.after,
            is_equal=comparison.is_equal,
            same=comparison.same,
            differences=differences,
        )
    )


def _side(side: Side | None) -> ProfileSide | None:
    if side is None:
        return None
    return ProfileSide(
        value=side.value,
        fingerprint=side.fingerprint,
        source=side.origin.source,
        place=side.origin.place,
        layer=layer_words(side.origin.rank),
    )
