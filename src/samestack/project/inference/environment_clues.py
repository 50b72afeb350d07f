"""What an ``environment.yml`` tells, in the words of the Python package index as far as they can say it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.capture.readers.requirements.packaging_values import shown
from samestack.compare.conda_specifications import parse_match_specification
from samestack.knowledge.conda_layers import conda_layer
from samestack.knowledge.python_names import pypi_name
from samestack.model import Layer
from samestack.project.conda_words import written_specifier
from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.manifest_values import is_plain_version, is_python
from samestack.solve.problem import Wish
from samestack.solve.wish_files.environment_wishes import read_environment

_INSTALLERS: Final = frozenset({"pip", "setuptools", "wheel"})
_CUDA: Final = frozenset({"cudatoolkit", "cuda-version", "cuda-toolkit", "cuda", "pytorch-cuda"})


def read_environment_clues(path: Path, shown_as: str) -> Seen:
    """Python, packages, and the CUDA that conda is asked for; :class:`InputError` for what is malformed."""
    asked = read_environment(path)
    of_pip = (
        Clue(kind=Kind.DEPENDENCY, value=one.text, place=f"{shown_as}:{one.line}") for one in asked.wishes
    )
    return Seen.joined(
        (*(_of_conda(one, f"{shown_as}:{one.line}") for one in asked.conda_wishes), Seen(tuple(of_pip)))
    )


def _of_conda(wish: Wish, place: str) -> Seen:
    said = parse_match_specification(wish.text)
    if said.name == "python":
        return Seen(tuple(_python(said.version or "", place)))
    if said.name in _CUDA:
        version = (said.version or "").lstrip("=").removesuffix(".*")
        return Seen((Clue(kind=Kind.CUDA, value=version, place=place),) if is_plain_version(version) else ())
    if said.name in _INSTALLERS:
        return Seen()
    specifier = written_specifier(said.version or "*")
    known = pypi_name(said.name)
    if specifier is None or conda_layer(said.name, build=said.exact_build) is not Layer.PACKAGES:
        return Seen((), (f"{place}: only conda can bring it: {shown(wish.text)}",))
    doubt = f"{place}: {said.name} is taken for the distribution of the same name"
    clue = Clue(kind=Kind.DEPENDENCY, value=f"{known.name}{specifier}", place=place)
    return Seen((clue,), () if known.known else (doubt,))


def _python(version: str, place: str) -> Iterator[Clue]:
    plain = version.lstrip("=").removesuffix(".*")
    if is_python(plain):
        yield Clue(kind=Kind.PYTHON, value=plain, place=place)
    elif (specifier := written_specifier(version or "*")) is not None and specifier:
        yield Clue(kind=Kind.REQUIRES_PYTHON, value=specifier, place=place)
