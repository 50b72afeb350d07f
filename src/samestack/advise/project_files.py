"""The files of a project that are worth looking at: a walk with limits, past environments and caches."""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from samestack.advise.signal import Evidence

MAX_FILES: Final = 20_000
"""The most files that are looked at; a project with more is judged by the first of them."""

_MAX_BYTES: Final = 512 * 1024
_MAX_DEPTH: Final = 6
_PASSED_OVER: Final = frozenset(
    {"node_modules", "site-packages", "__pycache__", "build", "dist", "third_party", "vendor"}
    | {"tests", "test", "testing", "docs", "doc", "examples"}
)
_HIDDEN_THAT_COUNT: Final = frozenset({".github", ".circleci", ".gitlab-ci.yml", ".binder"})


class ProjectFiles:
    """The files below a directory, by their paths relative to it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._texts: dict[str, str] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All of them, those nearest to the top first."""
        found = []
        for path in self._walk():
            found.append(path)
            if len(found) == MAX_FILES:
                break
        return tuple(sorted(found, key=lambda path: (path.count("/"), path)))

    def named(self, pattern: str) -> tuple[str, ...]:
        """The paths whose last part matches a regular expression, whole and whatever its case."""
        matching = re.compile(pattern, re.IGNORECASE)
        return tuple(path for path in self.paths if matching.fullmatch(path.rpartition("/")[2]))

    def top(self, *names: str) -> tuple[str, ...]:
        """Those of these names that stand in the directory itself."""
        return tuple(name for name in names if name in set(self.paths))

    def text(self, path: str) -> str:
        """The first half megabyte of a file, whatever its bytes; empty for what cannot be read."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def lines(self, path: str, pattern: str) -> Iterator[Evidence]:
        """The lines of a file in which a regular expression is found."""
        matching = re.compile(pattern, re.IGNORECASE)
        for number, line in enumerate(self.text(path).splitlines(), start=1):
            if matching.search(line):
                yield Evidence(file=path, line=number, text=" ".join(line.split())[:100])

    def _read(self, path: str) -> str:
        try:
            with (self._directory / path).open("rb") as file:
                return file.read(_MAX_BYTES).decode("utf-8", "replace")
        except OSError:
            return ""

    def _walk(self) -> Iterator[str]:
        for root, folders, files in os.walk(self._directory):
            inside = Path(root).relative_to(self._directory).as_posix()
            prefix = "" if inside == "." else f"{inside}/"
            is_deep = prefix.count("/") >= _MAX_DEPTH
            folders[:] = [] if is_deep else sorted(one for one in folders if self._is_entered(root, one))
            yield from (f"{prefix}{name}" for name in sorted(files) if _counts(name))

    @staticmethod
    def _is_entered(root: str, name: str) -> bool:
        is_environment = any(
            os.path.exists(os.path.join(root, name, sign))  # noqa: PTH110, PTH118 - os.walk gives texts
            for sign in ("pyvenv.cfg", "conda-meta")
        )
        return _counts(name) and name not in _PASSED_OVER and not is_environment


def _counts(name: str) -> bool:
    return not name.startswith(".") or name in _HIDDEN_THAT_COUNT or name == ".travis.yml"
