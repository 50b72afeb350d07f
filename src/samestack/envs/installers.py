"""Who fills an environment: told by the lock, and by the project where several could."""

from typing import Final

from samestack.envs.installer import Installer
from samestack.envs.work import Work
from samestack.project.manifest import Backend, Project

_CONDA_LOCKS: Final = frozenset({"pixi.lock", "conda-lock.yml", "conda-explicit"})


def backend_for(kind: str, project: Project) -> Backend:
    """The backend that installs a lock of this kind; Poetry's serves uv as well, in a project of another."""
    if kind in _CONDA_LOCKS:
        return Backend.CONDA
    is_poetry = kind == "poetry.lock" and project.backend is Backend.POETRY
    return Backend.POETRY if is_poetry else Backend.VENV


def installer_for(work: Work) -> Installer:
    """The installer of a lock, imported only now: each brings libraries of its own."""
    backend = backend_for(work.lock.kind, work.project)
    if backend is Backend.CONDA:
        from samestack.envs.conda.installer import CondaInstaller

        return CondaInstaller(work)
    if backend is Backend.POETRY:
        from samestack.envs.poetry.installer import PoetryInstaller

        return PoetryInstaller(work)
    from samestack.envs.venv.installer import VenvInstaller

    return VenvInstaller(work)
