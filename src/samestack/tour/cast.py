"""Who takes part in the tour, and the example that they run."""

from pathlib import Path

from msgspec import Struct

import samestack
from samestack.errors import RequestError

_EXAMPLE = Path("examples/visionaryai/defect-detection")

DEVELOPMENT = "environments/development/pylock.toml"
PRODUCTION = "environments/production/pylock.toml"
"""What one team asks for, decided as of two days; relative to the example, as all of these."""


class Person(Struct, frozen=True, kw_only=True):
    """Somebody at VisionaryAI and the environment that they work in."""

    name: str
    title: str
    """Whose machine it is, inside a sentence."""
    python: str
    """``X.Y``."""
    requirements: str
    """The requirements file, relative to the example."""


def people(*, is_full: bool) -> tuple[Person, Person]:
    """Sarah and you; with TensorFlow when the story is told in full."""
    suffix = "-full" if is_full else ""
    return (
        Person(name="sarah", title="Sarah's", python="3.8", requirements=f"environments/sarah{suffix}.txt"),
        Person(name="you", title="your", python="3.10", requirements=f"environments/you{suffix}.txt"),
    )


def example_directory() -> Path:
    """The defect detection example: beside the installed package, or in the repository that it runs from."""
    package = Path(samestack.__file__).parent
    for candidate in (package / _EXAMPLE, package.parent.parent / _EXAMPLE):
        if (candidate / "defect_detection").is_dir():
            return candidate
    raise RequestError(
        "the example is not part of this installation", hint="run the tour from the repository"
    )
