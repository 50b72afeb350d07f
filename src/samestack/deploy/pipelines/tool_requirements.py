"""samestack itself for a runner: a file of it and all that it needs, each by its hashes, as uv decides it."""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from samestack import __version__
from samestack.errors import OutsideError, RequestError
from samestack.process import run
from samestack.project.manifest import Backend
from samestack.solve.uv import uv_words
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

HEAD: Final = "# samestack for continuous integration. Written by: samestack init --ci\n"
_OLDEST_PYTHON: Final = "3.11"
_SECONDS: Final = 600.0
_ALWAYS: Final = ("config", "envs", "image")
_OF_SOURCES: Final = {
    "aws-parameters": "aws",
    "aws-secrets": "aws",
    "consul": "consul",
    "kubernetes-configmap": "kubernetes",
    "kubernetes-secret": "kubernetes",
    "vault": "vault",
}
"""What of samestack reads a kind of source."""
_OWN: Final = re.compile(r"samestack\s*(?:\[|==|@)")
_OPTIONS: Final = (
    "--universal",
    f"--python-version={_OLDEST_PYTHON}",
    "--generate-hashes",
    "--no-build",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-python-downloads",
    "--no-progress",
    "--color=never",
    "--quiet",
)


def wanted(
    backend: Backend, sources: Iterable[str], *, has_recordings: bool, has_cluster: bool
) -> tuple[str, ...]:
    """What a runner installs; ``sources`` are those of all profiles, ``KIND:LOCATOR``."""
    needed = {
        "behaviour": has_recordings,
        "conda": backend is Backend.CONDA,
        "kubernetes": has_cluster,
    }
    of_sources = {_OF_SOURCES.get(one.partition(":")[0], "") for one in sources} - {""}
    extras = {*_ALWAYS, *of_sources, *(name for name, is_needed in needed.items() if is_needed)}
    own = f"samestack[{','.join(sorted(extras))}]=={__version__}"
    return (own, "poetry>=2") if backend is Backend.POETRY else (own,)


def tool_requirements(requirements: Iterable[str]) -> bytes:
    """The file. :class:`~samestack.errors.RequestError` where the index does not have them all as wheels."""
    uv = uv_program()
    with tempfile.TemporaryDirectory(prefix="samestack-ci-") as directory:
        file = Path(directory, "tools.in")
        file.write_text("".join(f"{one}\n" for one in requirements), encoding="utf-8")
        finished = run(
            (uv, "pip", "compile", *_OPTIONS, file),
            directory=Path(directory),
            environment=index_settings(uv).environment,
            timeout=_SECONDS,
            check=False,
        )
    if finished.status == 0:
        return (HEAD + finished.output).encode()
    if uv_words.is_no_solution(finished.status, finished.messages):
        hint = "name a file of it and its hashes, which you made elsewhere: --requirements FILE"
        raise RequestError(f"the index has no samestack {__version__} with all that it needs", hint=hint)
    raise OutsideError(f"uv failed: {uv_words.failure(finished.messages)}")


def is_hashed(text: str) -> bool:
    """Whether a file of requirements has samestack in it, and nothing without a hash."""
    joined = (line.strip() for line in text.replace("\\\n", " ").splitlines())
    found = [line for line in joined if line and not line.startswith(("#", "-"))]
    has_own = any(_OWN.match(line) for line in found)
    return has_own and all("--hash=sha256:" in line for line in found)
