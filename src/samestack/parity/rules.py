"""Every rule of parity: its name, and in a sentence what it finds."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from samestack.check.finding import Finding, Severity
from samestack.model.layer import Layer

if TYPE_CHECKING:
    from samestack.check.rule import Rule
    from samestack.check.subject import Subject

STACK_DIFFERS: Final = "stack-differs"
STACK_UNLOCKED: Final = "stack-unlocked"
IMAGE_MOVED: Final = "image-moved"
HOST_UNSATISFIED: Final = "host-unsatisfied"
PROFILE_INVALID: Final = "profile-invalid"
CONFIGURATION_DIFFERS: Final = "configuration-differs"
ANSWERS_DIFFER: Final = "answers-differ"
UNREACHABLE: Final = "environment-unreachable"
EXPIRED: Final = "allowance-expired"

RULES: Final[Mapping[str, str]] = {
    STACK_DIFFERS: "A package, a system package or the interpreter is not as locked, or as elsewhere.",
    STACK_UNLOCKED: "The project has no lock that its environments could be held against.",
    IMAGE_MOVED: "The reference of an image names another digest now than was deployed.",
    HOST_UNSATISFIED: "The machine of an environment does not offer what the stack needs.",
    PROFILE_INVALID: "The configuration of an environment's profile does not hold under its schema.",
    CONFIGURATION_DIFFERS: "A variable is there in one environment and missing from another.",
    ANSWERS_DIFFER: "A recorded program answers differently in an environment.",
    UNREACHABLE: "An environment could not be read, or not in its time, so that nothing is known of it.",
    EXPIRED: "A difference was allowed until a day that is over.",
}
"""By id, in the order in which they are documented; the page of each is ``docs/rules/ID.md``."""


def rules() -> tuple["Rule", ...]:
    """The same as the rules of a check are described, for forms that show them beside each other."""
    from samestack.check.rule import Rule

    return tuple(
        Rule(
            id=name,
            summary=summary,
            layer=Layer.CONFIGURATION if name in (PROFILE_INVALID, CONFIGURATION_DIFFERS) else Layer.PACKAGES,
            severity=Severity.UNKNOWN if name == UNREACHABLE else Severity.ERROR,
            examine=_nothing,
        )
        for name, summary in RULES.items()
    )


def _nothing(subject: "Subject") -> Iterator[Finding]:  # noqa: ARG001 - one environment alone tells none of it
    return iter(())
