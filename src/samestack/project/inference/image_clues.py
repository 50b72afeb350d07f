"""What Dockerfiles and their base images tell: the Python, the CUDA, the framework, what is installed."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.inference.shell_commands import of_command

_INSTRUCTION: Final = re.compile(r"\s*(?P<word>FROM|RUN|ARG|ENV)\s+(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ARGUMENT: Final = re.compile(r"\$\{?(?P<name>\w+)\}?")
_PYTHON_IMAGE: Final = re.compile(
    r"(?:.*/)?(?:python|pypy|miniconda3?|uv):(?:python)?(?P<python>\d\.\d+(?:\.\d+)?)(?!\w)"
)
_CUDA_IMAGE: Final = re.compile(r"(?:.*/)?cuda:(?P<cuda>\d+\.\d+)")
_TORCH_IMAGE: Final = re.compile(
    r"(?:.*/)?pytorch/pytorch:(?P<torch>\d+\.\d+(?:\.\d+)?)-cuda(?P<cuda>\d+\.\d+)"
)
_TENSORFLOW_IMAGE: Final = re.compile(r"(?:.*/)?tensorflow/tensorflow:(?P<tensorflow>\d+\.\d+(?:\.\d+)?)")


def is_dockerfile(name: str) -> bool:
    """Whether a file is one by its name."""
    base = name.rpartition("/")[2].lower()
    return base.startswith(("dockerfile", "containerfile")) or base.endswith(
        (".dockerfile", ".containerfile")
    )


def of_dockerfile(text: str, shown_as: str) -> Seen:
    """Instruction by instruction, arguments with their defaults."""
    arguments: dict[str, str] = {}
    parts: list[Seen] = []
    for number, instruction in _instructions(text):
        match = _INSTRUCTION.match(instruction)
        if match is None:
            continue
        word, rest = match["word"].upper(), _with_arguments(match["rest"].strip(), arguments)
        place = f"{shown_as}:{number}"
        if word in {"ARG", "ENV"}:
            name, _, value = rest.partition("=")
            arguments[name.strip()] = value.strip().strip("\"'")
        elif word == "FROM":
            linux = Clue(kind=Kind.PLATFORM, value="linux-64", place=place)
            parts += (of_image(rest, place), Seen((linux,)))
        else:
            parts.append(of_command(rest, place))
    return Seen.joined(parts)


def of_image(reference: str, place: str) -> Seen:
    """What the name of a base image tells of what is in it."""
    words = [word for word in reference.split() if not word.startswith("--")]
    return Seen(tuple(_of_name(words[0], place))) if words else Seen()


def _of_name(image: str, place: str) -> Iterator[Clue]:
    for pattern, kind in ((_PYTHON_IMAGE, Kind.PYTHON), (_CUDA_IMAGE, Kind.CUDA)):
        if match := pattern.match(image):
            yield Clue(kind=kind, value=match[1], place=place)
    if match := _TORCH_IMAGE.match(image):
        yield Clue(kind=Kind.DEPENDENCY, value=f"torch=={_release(match['torch'])}", place=place)
        yield Clue(kind=Kind.CUDA, value=match["cuda"], place=place)
    if match := _TENSORFLOW_IMAGE.match(image):
        yield Clue(kind=Kind.DEPENDENCY, value=f"tensorflow=={_release(match['tensorflow'])}", place=place)
        yield from _cuda_of_tensorflow(image, match["tensorflow"], place)


def _release(version: str) -> str:
    """A tag of two numbers stands for whichever release of the series was the newest."""
    return f"{version}.*" if version.count(".") == 1 else version


def _cuda_of_tensorflow(image: str, version: str, place: str) -> Iterator[Clue]:
    if "-gpu" not in image:
        return
    from samestack.knowledge.accelerators import tensorflow_cuda

    found = tensorflow_cuda().of(".".join(version.split(".")[:2]))
    if found is not None:
        yield Clue(kind=Kind.CUDA, value=found[0], place=place)


def _with_arguments(text: str, arguments: dict[str, str]) -> str:
    return _ARGUMENT.sub(lambda match: arguments.get(match["name"], match[0]), text)


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    """Instructions with the number of their first line, those that go on joined; comments left out."""
    pending: list[str] = []
    start = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            continue
        start = start or number
        said = line.rstrip()
        pending.append(said.removesuffix("\\"))
        if not said.endswith("\\"):
            yield start, " ".join(pending)
            pending, start = [], 0
    if pending:
        yield start, " ".join(pending)
