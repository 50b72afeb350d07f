"""Every rule that speaks of configuration: its name, and in a sentence what it finds."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from samestack.check.finding import Finding, Severity
from samestack.model.layer import Layer

if TYPE_CHECKING:
    from samestack.check.rule import Rule
    from samestack.check.subject import Subject

RULES: Final[Mapping[str, str]] = {
    "config-type": "A value is of another type than its variable.",
    "config-range": "A value is out of its variable's bounds, or none of those that it may have.",
    "config-unknown": "A source names a variable that the schema does not know.",
    "config-missing": "A variable that the profile requires has no value in any source.",
    "config-null": "A value is null where its variable cannot be.",
    "config-rejected": "A validator of the project's own settings class refuses a value.",
    "secret-in-file": "A secret stands in a file that is committed.",
    "secret-in-store": "A secret stands in a store that keeps none: a ConfigMap, Consul, a plain parameter.",
    "secret-on-command-line": "A secret is given on a command line, which every user of the machine sees.",
    "secret-stale": "A value is older than it may get, or its age cannot be told.",
    "secret-shadowed": "An environment variable goes before a secret that a store keeps.",
    "source-unreachable": "A source does not answer, or not in its time.",
    "source-denied": "A source answers that it may not be read.",
    "source-missing": "There is no such file, path, secret or prefix.",
    "source-empty": "A source holds no variable, or hides them from those who may not read.",
    "source-malformed": "A source holds something that cannot be read as variables.",
    "hard-coded-secret": "A secret is written into code, a notebook, a configuration file or an image.",
}
"""By id, in the order in which they are documented; the page of each is ``docs/rules/ID.md``."""


def rules() -> tuple["Rule", ...]:
    """The same as the rules of a check are described, for forms that show them beside each other."""
    from samestack.check.rule import Rule

    return tuple(
        Rule(
            id=name,
            summary=summary,
            layer=Layer.CONFIGURATION,
            severity=Severity.ERROR,
            examine=_nothing,
        )
        for name, summary in RULES.items()
    )


def _nothing(subject: "Subject") -> Iterator[Finding]:  # noqa: ARG001 - what a stack is made of tells none of it
    return iter(())
