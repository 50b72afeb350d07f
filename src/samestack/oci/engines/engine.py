"""An engine that runs containers, by its command line: docker, or podman, which takes the same words."""

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import OutsideError, RequestError
from samestack.oci.engines.details import ContainerDetails, ImageDetails, read_details
from samestack.process import Finished, run

_LOADED: Final = re.compile(r"Loaded image[^:]*: *([^\s,]+)")
_MISSING: Final = re.compile(r"no such|not known|not found", re.IGNORECASE)
_ASK_SECONDS: Final = 60
_MOVE_SECONDS: Final = 3600


class Engine(Struct, frozen=True, kw_only=True):
    """A program that has images and runs containers, as far as this machine's user may ask it."""

    name: str
    """``docker`` or ``podman``."""
    program: str
    """The path of its command line."""

    def save(self, image: str, archive: Path) -> None:
        """Write an image into an archive that is new; :class:`RequestError` where there is no such image."""
        self.inspect(image)
        self._asked("image", "save", "--output", str(archive), "--", image, timeout=_MOVE_SECONDS)

    def load(self, archive: Path) -> str:
        """Take the images of an archive in; what a container of the first is made from, a name or an ID."""
        output = self._asked("image", "load", "--input", str(archive), timeout=_MOVE_SECONDS).output
        loaded = _LOADED.search(output)
        if loaded is None:
            raise OutsideError(f"{self.name} does not say what it loaded from '{archive}'")
        return loaded[1]

    def export(self, container: str, archive: Path) -> None:
        """Write the files of a container, running or not, into a plain tar archive that is new."""
        self._asked("container", "export", "--output", str(archive), "--", container, timeout=_MOVE_SECONDS)

    def inspect(self, image: str) -> ImageDetails:
        """What it knows of an image; :class:`RequestError` where there is none of this name."""
        return read_details(self._inspected("image", image), ImageDetails, where=f"{self.name}: {image}")

    def inspect_container(self, container: str) -> ContainerDetails:
        """What it knows of a container; :class:`RequestError` where there is none of this name."""
        output = self._inspected("container", container)
        return read_details(output, ContainerDetails, where=f"{self.name}: {container}")

    def answers(self) -> bool:
        """Whether it does what it is asked: docker's is another program, which may not run."""
        return run([self.program, "info"], timeout=_ASK_SECONDS, check=False).status == 0

    def _inspected(self, kind: str, name: str) -> str:
        finished = self._asked(kind, "inspect", "--", name, timeout=_ASK_SECONDS, check=False)
        if finished.status == 0:
            return finished.output
        if _MISSING.search(finished.messages):
            raise RequestError(
                f"{self.name} has no {kind} '{name}'", hint=f"see what there is: {self.name} {_LISTED[kind]}"
            )
        raise OutsideError(f"{self.name}: {_last_line(finished.messages)}")

    def _asked(self, *words: str, timeout: float, check: bool = True) -> Finished:
        finished = run([self.program, *words], timeout=timeout, check=False)
        if check and finished.status != 0:
            raise OutsideError(f"{self.name} {words[0]} {words[1]}: {_last_line(finished.messages)}")
        return finished


_LISTED: Final = {"image": "images", "container": "ps --all"}


def _last_line(messages: str) -> str:
    return next(reversed(messages.strip().splitlines()), "it failed and says nothing")
