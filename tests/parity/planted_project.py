"""A project with environments as tests plant them: a lock, virtual environments, root file systems."""

import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from samestack.parity.parity import parity
from samestack.parity.report import ParityReport
from samestack.parity.request import ParityRequest
from samestack.progress import SILENT
from tests.capture.planted import dist_info, interpreter, venv, write

PACKAGES: Mapping[str, str] = {"numpy": "1.26.4", "opencv-python": "4.8.1.78"}
ENVIRONMENTS = """
[tool.samestack.environments]
development = { reference = "venv:dev" }
staging = { reference = "venv:staging", after = "development" }
"""


def project(directory: Path, settings: str = ENVIRONMENTS, *, lock: str | None = "") -> Path:
    """A project whose lock decides :data:`PACKAGES`; ``lock`` goes on in its table, ``None`` is without."""
    write(
        directory / "pyproject.toml",
        f'[project]\nname = "helpdesk"\nversion = "1.0"\n[tool.samestack]\nbackend = "venv"\n{settings}',
    )
    if lock is not None:
        write(directory / "pylock.toml", lock_text(PACKAGES, lock))
    return directory


def lock_text(packages: Mapping[str, str], table: str = "") -> str:
    """A lock of these releases, with more for samestack's own table."""
    blocks = "".join(
        f'\n[[packages]]\nname = "{name}"\nversion = "{version}"\n'
        f'wheels = [{{ name = "{name.replace("-", "_")}-{version}-py3-none-any.whl", '
        f'url = "https://files.example/{name}.whl", hashes = {{ sha256 = "{"0" * 64}" }} }}]\n'
        for name, version in packages.items()
    )
    own = f'\n[tool.samestack]\npython = "3.11"\n{table}\n'
    return f'lock-version = "1.0"\ncreated-by = "samestack"\n{blocks}{own}'


def environment(place: Path, packages: Mapping[str, str] = PACKAGES, *, python: str = "3.11.7") -> Path:
    """A virtual environment with these packages, of an interpreter of its own beside it."""
    series = ".".join(python.split(".")[:2])
    executable = interpreter(place.parent / f"{place.name}-base", f"python{series}", version=python)
    site = venv(place, executable, version=python)
    for name, version in packages.items():
        dist_info(site, name.replace("-", "_"), version, METADATA=f"Name: {name}\nVersion: {version}\n")
    return place


def root(place: Path, debian: Mapping[str, str], packages: Mapping[str, str] = PACKAGES) -> Path:
    """A root file system of Debian with these packages, and a Python with the others."""
    shutil.rmtree(place, ignore_errors=True)
    write(place / "etc/os-release", 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n')
    stanzas = (
        f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n"
        for name, version in debian.items()
    )
    write(place / "var/lib/dpkg/status", "\n".join(stanzas))
    interpreter(place / "usr/local", "python3.11", version="3.11.7")
    for name, version in packages.items():
        dist_info(
            place / "usr/local/lib/python3.11/site-packages",
            name.replace("-", "_"),
            version,
            METADATA=f"Name: {name}\nVersion: {version}\n",
        )
    return place


def asked(
    directory: Path, *names: str, seconds: float | None = None, variables: Mapping[str, str] | None = None
) -> ParityReport:
    """What parity says of the project."""
    request = ParityRequest(project=directory, environments=names, variables=variables or {}, seconds=seconds)
    return parity(request, SILENT)


def told(report: ParityReport) -> list[tuple[str, str, str]]:
    """Rule, severity and message of each finding."""
    return [(one.rule, str(one.severity), one.message) for one in report.findings]


@contextmanager
def silent_port() -> Iterator[int]:
    """A port of this machine that takes connections and says nothing, however long one waits."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
