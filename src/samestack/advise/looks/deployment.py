"""Where a project runs, and how it is tested: images, platforms, clusters, CI."""

from collections.abc import Iterator
from typing import Final

from samestack.advise.project_files import ProjectFiles
from samestack.advise.signal import Evidence, Signal, seen

_DOCKERFILES: Final = r"(.*[._-])?(dockerfile|containerfile)([._-].*)?"
_PYTHON_IMAGE: Final = r"^\s*FROM\s+(\S*/)?python[:@]"
_CONDA: Final = (
    r"^\s*FROM\s+\S*(conda|mamba|pixi)|(mini|ana)(conda|forge)3?-\S+\.sh|mambaforge"
    r"|(conda|mamba) env (create|update)"
)
_SYSTEM_PACKAGES: Final = (
    r"\bapt(-get)? (-\S+ )*install\b|\bapk add\b|\b(micro)?dnf install\b|\byum install\b"
)
_HOSTED: Final = ("Procfile", "runtime.txt", "app.yaml", "vercel.json", "serverless.yml", "render.yaml")
_BATCH: Final = r"^#(SBATCH|PBS|BSUB|\$)\s|^\s*module load\b|\bsrun\b"
_SCRIPTS: Final = r".*\.(sh|slurm|sbatch|pbs|lsf)"
_CI: Final = (".github/workflows/", ".circleci/")
_CI_FILES: Final = (
    ".gitlab-ci.yml",
    ".travis.yml",
    "azure-pipelines.yml",
    "Jenkinsfile",
    "tox.ini",
    "noxfile.py",
)
_CI_CONDA: Final = (
    r"setup-(miniconda|micromamba|pixi)|(conda|mamba|micromamba) (env )?(create|install|update)"
)
_CI_POETRY: Final = r"poetry (install|sync|run)|install-poetry"
_CI_INDEX: Final = r"pip3? install|setup-uv|uv (sync|pip|run)|\btox\b|\bnox\b"
_OTHER_SYSTEMS: Final = r"\b(windows|macos)-(latest|\d+)|os:\s*(windows|osx)"


def deployment(files: ProjectFiles) -> Iterator[Signal]:
    """The signals of images, platforms, clusters and CI."""
    images = files.named(_DOCKERFILES)
    yield from seen("image-python", _in(files, images, _PYTHON_IMAGE))
    yield from seen("image-conda", _in(files, images, _CONDA))
    yield from seen("image-system-packages", _in(files, images, _SYSTEM_PACKAGES))
    yield from seen("hosted", (Evidence(file=name) for name in files.top(*_HOSTED)))
    yield from seen("cluster", _in(files, files.named(_SCRIPTS), _BATCH))
    pipelines = _pipelines(files)
    yield from seen("ci-conda", _in(files, pipelines, _CI_CONDA))
    yield from seen("ci-poetry", _in(files, pipelines, _CI_POETRY))
    yield from seen("ci-index", _in(files, pipelines, _CI_INDEX))
    yield from seen("several-systems", _in(files, pipelines, _OTHER_SYSTEMS))


def _pipelines(files: ProjectFiles) -> tuple[str, ...]:
    return (*(path for path in files.paths if path.startswith(_CI)), *files.top(*_CI_FILES))


def _in(files: ProjectFiles, names: tuple[str, ...], pattern: str) -> Iterator[Evidence]:
    for name in names:
        yield from files.lines(name, pattern)
