"""Environments with one break each, and healthy ones: real packages, as installed or bent afterwards."""

import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from benchmarks.environments import REPOSITORY, install, virtual_environment

Bend = Callable[[Path], None]


class Planted(Struct, frozen=True, kw_only=True):
    """An environment that is broken in one way, and the rule that is to find it."""

    name: str
    rule: str
    python: str
    requirements: tuple[str, ...] = ()
    without_dependencies: tuple[str, ...] = ()
    """Installed afterwards, whatever the others want."""
    bend: Bend | None = None
    """What is done to its site directory in the end."""
    options: tuple[str, ...] = ()
    """Of ``samestack check``."""

    def build(self, place: Path) -> Path:
        """Make it."""
        environment = virtual_environment(place, self.python)
        install(environment, *self.requirements)
        if self.without_dependencies:
            install(environment, "--no-deps", *self.without_dependencies)
        if self.bend is not None:
            self.bend(site_directory(environment))
        return environment


class Healthy(Struct, frozen=True, kw_only=True):
    """An environment in which nothing is wrong."""

    name: str
    python: str
    requirements: tuple[str, ...]

    def build(self, place: Path) -> Path:
        """Make it."""
        environment = virtual_environment(place, self.python)
        install(environment, *self.requirements)
        return environment


def site_directory(environment: Path) -> Path:
    """Where packages are installed."""
    return next((environment / "lib").glob("python*/site-packages"))


def _metadata(site: Path, name: str) -> Path:
    return next(site.glob(f"{name}-*.dist-info"))


def _double_metadata(site: Path) -> None:
    found = _metadata(site, "idna")
    shutil.copytree(found, site / "idna-1.0.dist-info")
    _rewrite(site / "idna-1.0.dist-info/METADATA", lambda text: _with_version(text, "1.0"))


def _with_version(text: str, version: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"Version: {version}" if line.startswith("Version: ") else line for line in lines)


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = change(path.read_text())
    path.unlink()  # installers link files from their caches, which must not be written into
    path.write_text(text)


def _remove_dependency(site: Path) -> None:
    shutil.rmtree(site / "idna")
    shutil.rmtree(_metadata(site, "idna"))


def _alter_file(site: Path) -> None:
    _rewrite(site / "idna/core.py", lambda text: text + "\n# mended by hand\n")


def _demand_older_python(site: Path) -> None:
    _rewrite(
        _metadata(site, "idna") / "METADATA",
        lambda text: text.replace("Requires-Python: >=3", "Requires-Python: <3.8,>=3", 1),
    )


def _break_interpreter(site: Path) -> None:
    for link in (site.parents[2] / "bin").glob("python*"):
        link.unlink()
        link.symlink_to("/nowhere/bin/python3")


def _leave_half_removed(site: Path) -> None:
    _metadata(site, "idna").rename(site / "~dna-3.0.dist-info")
    (site / "idna").rename(site / "~dna")


def _lose_metadata(site: Path) -> None:
    (_metadata(site, "idna") / "METADATA").unlink()


def _lose_source(site: Path) -> None:
    source = site.parents[2] / "source"
    (source / "parts").mkdir(parents=True)
    (source / "parts/__init__.py").touch()
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "parts"\nversion = "1.0"\n'
    )
    install(site.parents[2], "--editable", str(source))
    shutil.rmtree(source)


def _replace_by_other_python(site: Path) -> None:
    other = virtual_environment(site.parents[2] / "other", "3.9")
    install(other, "numpy==1.26.4")
    for path in site_directory(other).glob("numpy*"):
        if path.is_dir():
            shutil.copytree(path, site / path.name)
    shutil.rmtree(other)


PLANTED = (
    Planted(
        name="numpy 2 under modules of numpy 1",
        rule="numpy-abi",
        python="3.10",
        requirements=("pandas==1.4.0",),
    ),
    Planted(
        name="numpy older than modules need",
        rule="numpy-abi",
        python="3.9",
        requirements=("pandas==2.2.2",),
        without_dependencies=("numpy==1.19.5",),
    ),
    Planted(
        name="MarkupSafe 2.1 under Jinja2 2",
        rule="known-break",
        python="3.10",
        requirements=("flask==1.1.4", "markupsafe==2.1.5"),
    ),
    Planted(
        name="bcrypt 4.1 under passlib",
        rule="known-break",
        python="3.12",
        requirements=("passlib==1.7.4", "bcrypt==5.0.0"),
    ),
    Planted(
        name="a dependency is missing",
        rule="unmet-requirement",
        python="3.12",
        requirements=("requests",),
        bend=_remove_dependency,
    ),
    Planted(
        name="a dependency of another version",
        rule="unmet-requirement",
        python="3.12",
        requirements=("requests==2.31.0",),
        without_dependencies=("urllib3==1.20",),
    ),
    Planted(
        name="two metadata directories of one package",
        rule="duplicate-metadata",
        python="3.12",
        requirements=("requests",),
        bend=_double_metadata,
    ),
    Planted(
        name="two packages own the same files",
        rule="overlapping-files",
        python="3.12",
        requirements=("pyjwt==2.8.0", "jwt==1.3.1"),
    ),
    Planted(
        name="a file was altered",
        rule="altered-files",
        python="3.12",
        requirements=("requests",),
        bend=_alter_file,
        options=("--files",),
    ),
    Planted(
        name="compiled for another Python",
        rule="wheel-tags",
        python="3.11",
        bend=_replace_by_other_python,
    ),
    Planted(
        name="a package for older Pythons",
        rule="requires-python",
        python="3.12",
        requirements=("requests",),
        bend=_demand_older_python,
    ),
    Planted(
        name="the source of an editable package is gone",
        rule="editable-source",
        python="3.12",
        bend=_lose_source,
    ),
    Planted(
        name="a removal that did not finish",
        rule="leftover",
        python="3.12",
        requirements=("requests",),
        bend=_leave_half_removed,
    ),
    Planted(
        name="METADATA is gone",
        rule="broken-metadata",
        python="3.12",
        requirements=("requests",),
        bend=_lose_metadata,
    ),
    Planted(
        name="the interpreter is gone",
        rule="interpreter-gone",
        python="3.12",
        requirements=("requests",),
        bend=_break_interpreter,
    ),
)

HEALTHY = (
    Healthy(name="tables", python="3.12", requirements=("pandas", "pyarrow")),
    Healthy(
        name="the same of 2022",
        python="3.8",
        requirements=("numpy==1.21.6", "pandas==1.3.5", "scikit-learn==1.0.2"),
    ),
    Healthy(name="plots", python="3.11", requirements=("scipy", "matplotlib")),
    Healthy(
        name="pictures", python="3.10", requirements=("opencv-python-headless", "scikit-image", "pillow")
    ),
    Healthy(name="notebooks", python="3.12", requirements=("ipykernel", "nbconvert")),
    Healthy(
        name="a service", python="3.12", requirements=("fastapi[standard]", "sqlalchemy", "psycopg2-binary")
    ),
    Healthy(name="a page", python="3.9", requirements=("flask", "gunicorn", "lxml")),
    Healthy(name="an inference", python="3.11", requirements=("onnxruntime", "tokenizers")),
    Healthy(name="a language model's tools", python="3.11", requirements=("transformers", "datasets")),
    Healthy(name="boosted trees", python="3.11", requirements=("lightgbm", "optuna")),
    Healthy(name="just-in-time compiled", python="3.10", requirements=("numba", "h5py")),
    Healthy(name="fast tables", python="3.13", requirements=("polars", "duckdb")),
    Healthy(
        name="179 distributions",
        python="3.11",
        requirements=("--requirement", str(REPOSITORY / "benchmarks/environment.txt")),
    ),
)
