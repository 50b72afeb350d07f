"""What a pipeline has to know of a project."""

from typing import Final

from msgspec import Struct

REQUIREMENTS: Final = "requirements.samestack.txt"
"""The file of samestack itself, by its hashes, where nobody names another."""
HISTORY: Final = "deployments"
"""Where the history of deployments is kept, below the project."""


class Stage(Struct, frozen=True, kw_only=True):
    """One environment, as a pipeline meets it."""

    name: str
    profile: str = ""
    after: str = ""
    """The environment that it gets its image from; empty for the first."""
    is_cluster: bool = False
    has_age_file: bool = False
    """Whether its secrets are in an encrypted file, which a key opens."""


class PipelineFacts(Struct, frozen=True, kw_only=True):
    """A project in its repository. Every text is plain: it stands in shell and YAML as it is."""

    directory: str = ""
    """The project below the root of the repository; empty where it is the root."""
    branch: str = "main"
    """Whose commits are built, pushed and promoted."""
    requirements: str = REQUIREMENTS
    """The file of samestack by its hashes, below the project."""
    lock: str = "pylock.toml"
    image: str = ""
    """The repository that images are pushed to, ``HOST/NAME``; empty where nobody says one."""
    stages: tuple[Stage, ...] = ()
    """In the order of promotion."""
    recordings: tuple[str, ...] = ()
    """Of the project, each replayed; relative to it."""
    needs_gpu: bool = False
    """Whether the stack wants a driver, which runners mostly lack."""
    runner_image: str = ""
    """By digest, for runners that are containers."""

    @property
    def promoted(self) -> tuple[Stage, ...]:
        """The environments that get their image from another, in the order of promotion."""
        return tuple(one for one in self.stages if one.after) if self.image else ()

    @property
    def prefix(self) -> str:
        """What paths of the project begin with, as seen from the root of the repository."""
        return f"{self.directory}/" if self.directory else ""

    @property
    def registry(self) -> str:
        """The host that images are pushed to."""
        return self.image.partition("/")[0]
