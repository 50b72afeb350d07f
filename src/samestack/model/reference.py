"""How a person names an environment: ``KIND:LOCATOR``, or a path that is recognised."""

import re
from enum import StrEnum
from typing import Self

from msgspec import Struct

from samestack.errors import RequestError


class Kind(StrEnum):
    """The kinds of environment that a reference can name outright."""

    MACHINE = "machine"
    VENV = "venv"
    PYTHON = "python"
    CONDA = "conda"
    ROOTFS = "rootfs"
    OCI = "oci"
    IMAGE = "image"
    CONTAINER = "container"
    REGISTRY = "registry"
    SSH = "ssh"
    KUBERNETES = "kubernetes"
    PATH = "path"


_EXAMPLES = {
    Kind.MACHINE: "machine:",
    Kind.VENV: "venv:.venv",
    Kind.PYTHON: "python:/usr/bin/python3",
    Kind.CONDA: "conda:NAME or conda:/path/to/prefix",
    Kind.ROOTFS: "rootfs:/path/to/root",
    Kind.OCI: "oci:DIR[:TAG]",
    Kind.IMAGE: "image:NAME",
    Kind.CONTAINER: "container:NAME",
    Kind.REGISTRY: "registry:HOST/NAME[:TAG]",
    Kind.SSH: "ssh:[USER@]HOST/venv:PATH",
    Kind.KUBERNETES: "kubernetes:NAMESPACE/NAME",
    Kind.PATH: "requirements.txt",
}
# A scheme is two letters or more, so that a drive letter stays a path.
_SCHEME = re.compile(r"(?P<kind>[a-z][a-z0-9+]+):(?P<locator>.*)", re.DOTALL)


class Reference(Struct, frozen=True):
    """A kind of environment and where to find it. ``str()`` and :meth:`parse` are inverse."""

    kind: Kind
    locator: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``KIND:LOCATOR`` or a path; :class:`RequestError` names the kinds there are."""
        if not text.strip() or "\0" in text:
            raise RequestError("an empty reference names nothing", hint=_hint())
        match = _SCHEME.fullmatch(text)
        if match is None:
            return cls(Kind.PATH, text)
        return cls(_kind(match["kind"]), _locator(match["kind"], match["locator"], text))

    def __str__(self) -> str:
        if self.kind is Kind.PATH and _SCHEME.fullmatch(self.locator) is None:
            return self.locator
        return f"{self.kind}:{self.locator}"


def _kind(word: str) -> Kind:
    try:
        return Kind(word)
    except ValueError:
        # The locator is not repeated: a misplaced address may hold a password.
        raise RequestError(f"there is no kind of environment '{word}:'", hint=_hint()) from None


def _locator(kind: str, locator: str, text: str) -> str:
    if kind == Kind.MACHINE and locator:
        raise RequestError(f"'{text}': 'machine:' is this host and takes no locator", hint="write machine:")
    if kind != Kind.MACHINE and not locator:
        raise RequestError(f"'{text}': the {kind} is not named", hint=f"for example {_EXAMPLES[Kind(kind)]}")
    return locator


def _hint() -> str:
    return "a reference is a path or one of " + ", ".join(
        example for kind, example in _EXAMPLES.items() if kind is not Kind.PATH
    )
