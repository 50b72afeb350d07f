"""A tree of files that stands in memory, for tests of probes."""

import io
from collections.abc import Mapping
from typing import BinaryIO

from samestack.capture.tree import MAX_TEXT_BYTES, Entry
from samestack.errors import InputError


class MemoryTree:
    """Files by their absolute path; directories are what the paths imply. There are no links."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file or directory", path)
        if len(self.files[path]) > limit:
            raise InputError(path, f"larger than the {limit} bytes that such a file may have")
        return self.files[path]

    def open(self, path: str) -> BinaryIO:
        return io.BytesIO(self.read(path, limit=2**40))

    def entries(self, path: str) -> list[Entry]:
        prefix = path.rstrip("/") + "/"
        names = {file[len(prefix) :].partition("/")[0] for file in self.files if file.startswith(prefix)}
        return [
            Entry(
                name,
                prefix + name,
                self.is_directory(prefix + name),
                self.is_file(prefix + name),
                is_link=False,
            )
            for name in sorted(names)
        ]

    def is_file(self, path: str) -> bool:
        return path in self.files

    def is_directory(self, path: str) -> bool:
        return any(file.startswith(path.rstrip("/") + "/") for file in self.files)

    def resolve(self, path: str) -> str:
        return path

    def shown(self, path: str) -> str:
        return path
