"""What an installer is told: the lock, what of it applies here, and with which interpreter."""

from typing import TYPE_CHECKING

from msgspec import Struct

from samestack.lock.decision import Lock
from samestack.model import Stack
from samestack.model.change import Change
from samestack.project.manifest import Project

if TYPE_CHECKING:
    from samestack.envs.interpreters.interpreter import Interpreter


class Work(Struct, frozen=True, kw_only=True):
    """An environment that is to be made or changed."""

    project: Project
    lock: Lock
    locked: Stack
    """What of the lock applies on this machine, to this interpreter and for this project."""
    changes: tuple[Change, ...] = ()
    """The packages that an existing environment will not keep as they are."""
    interpreter: "Interpreter | None" = None
    """Of a new environment; ``None`` where the lock brings its own, or the environment has one."""
    with_project: bool = True
    """Whether the project itself is installed, editable, where it is a package."""
    has_project: bool = False
    """Whether the project is installed already, and need not be touched."""
    reinstall: bool = False
    """Whether files are fetched again that have been before."""

    @property
    def installs_project(self) -> bool:
        """Whether the project itself is installed beside what the lock has."""
        return self.with_project and self.project.is_package

    @property
    def adds_project(self) -> bool:
        """Whether the project itself is still to be installed."""
        return self.installs_project and not self.has_project
