"""The model files that a project names in ``[tool.samestack] models``."""

from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.capture.observation import Observation
from samestack.capture.probes.models.model_files import read_declared_models
from samestack.progress import Reporter


class _Samestack(Struct):
    models: tuple[str, ...] = ()


class _Tool(Struct):
    samestack: _Samestack = field(default_factory=_Samestack)


class _Manifest(Struct):
    tool: _Tool = field(default_factory=_Tool)


def read_project_models(directory: Path, reporter: Reporter) -> Observation:
    """The declared files as components of layer models, by their content."""
    manifest = directory / "pyproject.toml"
    if not manifest.is_file():
        return Observation()
    patterns = load_toml(manifest, _Manifest).tool.samestack.models
    return read_declared_models(directory, patterns, reporter) if patterns else Observation()
