"""Which image lies below, and where Python comes from."""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct
from packaging.version import Version

from samestack.errors import RequestError
from samestack.image.dockerfile.cuda import CudaNeed, cuda_image
from samestack.image.settings import PLACE
from samestack.knowledge.container_bases import Distribution, container_bases

_NAME: Final = re.compile(r"[a-z0-9][A-Za-z0-9._/:-]*(@sha256:[0-9a-f]{64})?")
_ELSEWHERE: Final = ("oci:", "rootfs:", "container:", "/", "./", "../")
_USUAL: Final = "bookworm"
"""The distribution of Python's images that is taken as long as its glibc suffices."""
_HINT: Final = "for example --base registry.example.com/python:3.11-slim"


class PythonSource(StrEnum):
    """Where the interpreter of an image comes from."""

    BASE = "base"
    """It is in the base."""
    DEBIAN = "debian"
    """The distribution's package ``python3``."""
    COPY = "copy"
    """uv installs one while the image is built, and the installation is copied."""


class Base(Struct, frozen=True, kw_only=True):
    """An image to build on."""

    name: str
    """As ``FROM`` names it: with a tag, a digest or both."""
    python: PythonSource
    distribution: Distribution | None = None
    """As far as the name tells it."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What the base has to serve."""

    series: str
    """Of Python."""
    glibc: str = ""
    python: str = ""
    """What the settings say of where Python comes from."""


def usual_base(wanted: Wanted) -> Base:
    """Python's own image, on the usual distribution or the first later one whose glibc suffices."""
    names = [_USUAL, "trixie"]
    fitting = [one for one in container_bases().distributions if one.name in names and _suffices(one, wanted)]
    if not fitting:
        raise RequestError(
            f"the lock needs glibc {wanted.glibc}, which no base that is known here has", hint=_HINT
        )
    return named_base(f"python:{wanted.series}-slim-{fitting[0].name}", wanted)


def cuda_base(need: CudaNeed | None, wanted: Wanted) -> Base:
    """NVIDIA's image that the lock's packages can use a GPU on; :class:`RequestError` where none is known."""
    if need is None:
        hint = "leave --gpu out, or name an image with --base"
        raise RequestError("nothing in the lock is known to use CUDA", hint=hint)
    name = cuda_image(need, wanted.glibc)
    if name is None:
        what = f"CUDA {need.cuda}" + (f" with cuDNN {need.cudnn}" if need.cudnn else "")
        raise RequestError(f"no image of NVIDIA's is known here for {what}", hint="name one with --base")
    return named_base(name, wanted)


def named_base(text: str, wanted: Wanted) -> Base:
    """An image that somebody named; :class:`RequestError` for what no engine takes, and what is too old."""
    name = _as_engines_say(text)
    if _NAME.fullmatch(name) is None:
        raise RequestError(f"'{text}' is no name of an image", hint=_HINT)
    if "alpine" in name:
        hint = "name one of Debian's or Ubuntu's"
        raise RequestError(f"the wheels of the lock need glibc, which '{text}' does not have", hint=hint)
    distribution = container_bases().distribution_of(name)
    if distribution is not None and not _suffices(distribution, wanted):
        found = f"{distribution.name} has {distribution.glibc}"
        raise RequestError(f"the lock needs glibc {wanted.glibc}, and {found}", hint="name a newer base")
    return Base(name=name, python=_source(name, distribution, wanted), distribution=distribution)


def _as_engines_say(text: str) -> str:
    if text == "scratch" or text.startswith(_ELSEWHERE) or text.endswith(".tar"):
        hint = "name an image of a registry with --base, or build without an engine: samestack image build"
        raise RequestError(f"'{text}' is nothing that a Dockerfile can build on", hint=hint)
    name = text.removeprefix("registry:").removeprefix("image:")
    kind, colon, suite = name.partition(":")
    # What samestack makes of Debian's packages, engines get as Debian's own small image.
    is_bare_suite = kind == "debian" and bool(colon) and suite.isalpha()
    return f"debian:{suite}-slim" if is_bare_suite else name


def _source(name: str, distribution: Distribution | None, wanted: Wanted) -> PythonSource:
    if wanted.python:
        return _said_source(wanted.python)
    repository = name.partition("@")[0].rpartition("/")[2].partition(":")[0]
    if repository not in {"debian", "ubuntu", "cuda"}:
        return PythonSource.BASE
    is_same = distribution is not None and distribution.python == wanted.series
    return PythonSource.DEBIAN if is_same else PythonSource.COPY


def _said_source(text: str) -> PythonSource:
    if text not in set(PythonSource):
        hint = f"set {PLACE}.python to {', '.join(PythonSource)}"
        raise RequestError(f"no Dockerfile can take Python from '{text}' of this machine", hint=hint)
    return PythonSource(text)


def _suffices(distribution: Distribution, wanted: Wanted) -> bool:
    return Version(distribution.glibc) >= Version(wanted.glibc or "0")
