"""What a variable has to be, in words: ``an integer of seconds from 1 to 64, required``."""

from collections.abc import Iterator

from samestack.config.schema.describing import wanted
from samestack.config.schema.field import Field


def field_words(field: Field, profile: str) -> str:
    """Its type and bounds, and what the profile and the policy ask of it."""
    return ", ".join((wanted(field), *_demands(field, profile)))


def _demands(field: Field, profile: str) -> Iterator[str]:
    if field.is_secret:
        yield "a secret"
    if field.longest_age_days is not None:
        yield f"at most {field.longest_age_days} days old"
    yield "required" if field.is_required_in(profile) else "may be left out"
