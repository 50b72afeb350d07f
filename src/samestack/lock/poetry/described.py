"""What samestack keeps of a lock by Poetry: for what it was decided, its digests, the needs of the host."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack import __version__
from samestack.compare.markers import applicable
from samestack.compare.releases import packages_digest
from samestack.lock.host_needs import LockedRelease, host_needs, joined_needs
from samestack.lock.input_files import input_files
from samestack.lock.inputs import input_digests
from samestack.lock.lock_table import LockTable
from samestack.lock.platforms import marker_environment, platforms_or_all
from samestack.lock.poetry.locked_files import LockedFile, locked_files
from samestack.lock.poetry.locking import Locking
from samestack.lock.poetry.selection import Selection, selected
from samestack.lock.selecting import local_projects
from samestack.lock.terms import Terms
from samestack.model import Component, Layer, Stack
from samestack.project.manifest import Project

_ARCHIVES: Final = (".whl", ".tar.gz", ".zip")

Files = Mapping[tuple[str, str], tuple[LockedFile, ...]]


def described(work: Locking, project: Project, asked: Terms) -> LockTable:
    """The table of a lock that Poetry has just written; ``asked`` are the terms as they were asked for."""
    terms = work.terms
    stack = selected(work.stack(), Selection(extras=terms.extras, groups=terms.groups))
    stacks = dict(_by_platform(stack, terms.platforms, terms.python))
    files = locked_files(work.path)
    found = (host_needs(_releases(one, files), name, terms.python) for name, one in stacks.items())
    projects = (project.directory / path for path in map(_project_path, stack) if path)
    return LockTable(
        created_by=f"samestack {__version__}, Poetry {work.call.program.version}",
        python=asked.python,
        platforms=asked.platforms,
        extras=asked.extras,
        groups=asked.groups,
        as_of=asked.as_of,
        urls=asked.urls,
        digest=_digest(stack),
        digests={name: _digest(one) for name, one in stacks.items()},
        inputs=input_digests(input_files(project, projects), terms.path.parent),
        host=joined_needs((project.manifest.host, *found)),
        system_packages=project.manifest.system_packages,
    )


def _by_platform(stack: Stack, platforms: tuple[str, ...], python: str) -> Iterator[tuple[str, Stack]]:
    for platform in platforms_or_all(platforms):
        yield platform, applicable(stack, marker_environment(platform, python))


def _digest(stack: Stack) -> str:
    return packages_digest(stack, but=local_projects(stack))


def _project_path(component: Component) -> str:
    """The path of a project of this machine; empty for all else."""
    said = component.circumstances
    path = said.get("editable") or said.get("path")
    return path if isinstance(path, str) and not path.endswith(_ARCHIVES) else ""


def _releases(stack: Stack, files: Files) -> Iterator[LockedRelease]:
    for one in stack.layer(Layer.PACKAGES):
        named = (each.file for each in files.get((one.name, one.version or ""), ()))
        wheels = tuple(name for name in named if name.endswith(".whl"))
        yield LockedRelease(name=one.name, version=one.version or "", wheels=wheels)
