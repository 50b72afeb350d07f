"""The index of a project, as a history."""

from datetime import date
from typing import Final

from msgspec import Struct, structs

from samestack.capture.documents import load_toml
from samestack.lock.decision import LockOptions
from samestack.project.manifest import Backend, Project
from samestack.project.wishes import wishes_of
from samestack.solve.answering import USUAL_CHANNEL
from samestack.solve.conda.conda_metadata import CondaMetadata
from samestack.solve.conda.conda_oracle import CondaOracle
from samestack.solve.conda.conda_syntax import translated
from samestack.solve.conda.virtual_packages import target_of
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.metadata import MetadataSource
from samestack.solve.problem import Target, Wish
from samestack.solve.uv.index_settings import IndexSettings, index_settings
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.wish_files.asked import Asked
from samestack.verify.decided_locks import TrialLock
from samestack.verify.history import History

_PRIMARY: Final = frozenset({"primary", "default"})
"""Sources beside which Poetry does not look at the usual index."""


class _Source(Struct, frozen=True):
    url: str = ""
    priority: str = "primary"


class _Poetry(Struct, frozen=True):
    source: tuple[_Source, ...] = ()


class _Tool(Struct, frozen=True):
    poetry: _Poetry = _Poetry()


class _Manifest(Struct, frozen=True):
    tool: _Tool = _Tool()


def history_of(project: Project, options: LockOptions, trial: TrialLock) -> History:
    """The releases of what a project can choose from, and when they came."""
    asked = wishes_of(project, options.extras, options.groups)
    day = trial.decision.table.as_of
    wishes, metadata = _metadata(project, asked, trial)
    return History(metadata=metadata, wishes=wishes, last_day=date.fromisoformat(day) if day else None)


def _metadata(project: Project, asked: Asked, trial: TrialLock) -> tuple[tuple[Wish, ...], MetadataSource]:
    if project.backend is not Backend.CONDA:
        return asked.wishes, IndexMetadata(_settings(project), Target(python=trial.python))
    wishes = translated(asked.conda_wishes)
    channels = project.manifest.channels or asked.channels or (USUAL_CHANNEL,)
    oracle = CondaOracle(channels, target_of("", None), wishes=wishes, as_of=None)
    return tuple(wishes.originals), CondaMetadata(oracle, wishes.names)


def _settings(project: Project) -> IndexSettings:
    """The indexes that are asked: for Poetry those that its project names, and the usual one beside them."""
    usual = index_settings(uv_program())
    if project.backend is not Backend.POETRY:
        return usual
    tool = load_toml(project.directory / "pyproject.toml", _Manifest).tool
    sources = tool.poetry.source
    is_usual_left_out = any(one.url and one.priority in _PRIMARY for one in sources)
    own = tuple(one.url for one in sources if one.url)
    indexes = own if is_usual_left_out else (*own, *usual.indexes)
    return structs.replace(usual, indexes=indexes, is_merged=True)
