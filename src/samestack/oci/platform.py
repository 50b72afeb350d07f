"""The machine that an image is for."""

from typing import Final, Self

from msgspec import Struct

from samestack.errors import RequestError

_OF_CONDA: Final = {"linux-64": "linux/amd64", "linux-aarch64": "linux/arm64"}


class Platform(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An operating system and a processor, in Go's words: ``linux/arm64/v8``."""

    architecture: str
    os: str
    variant: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``OS/ARCHITECTURE[/VARIANT]``, or the words of a lock (``linux-64``)."""
        parts = _OF_CONDA.get(text, text).split("/")
        if len(parts) not in (2, 3) or not all(parts):
            raise RequestError(f"'{text}' is no platform", hint="for example linux/amd64 or linux/arm64")
        return cls(os=parts[0], architecture=parts[1], variant=parts[2] if len(parts) > 2 else "")

    @property
    def in_a_lock(self) -> str:
        """What a lock calls it (``linux-64``); :class:`RequestError` where no lock has a word for it."""
        for word, name in _OF_CONDA.items():
            if name == f"{self.os}/{self.architecture}":
                return word
        raise RequestError(
            f"no lock can be made for {self}", hint="images are for linux/amd64 and linux/arm64"
        )

    def serves(self, wanted: "Platform") -> bool:
        """Whether what is for this platform runs on the wanted one; a variant that is not said fits any."""
        same = (self.os, self.architecture) == (wanted.os, wanted.architecture)
        return same and (not wanted.variant or not self.variant or self.variant == wanted.variant)

    def __str__(self) -> str:
        return "/".join(filter(None, (self.os, self.architecture, self.variant)))


AMD64: Final = Platform(os="linux", architecture="amd64")
ARM64: Final = Platform(os="linux", architecture="arm64")
