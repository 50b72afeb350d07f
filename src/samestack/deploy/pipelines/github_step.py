"""A step of a job of GitHub Actions."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent

from msgspec import Struct, field


class Step(Struct, frozen=True, kw_only=True):
    """A step of a job."""

    name: str
    lines: tuple[str, ...]
    condition: str = ""
    id: str = ""
    env: Mapping[str, str] = field(default_factory=dict)


def steps_text(steps: Iterable[Step]) -> str:
    """The steps as they stand in a job."""
    return "".join(indent("".join(_lines(step)), "    ") for step in steps)


def _lines(step: Step) -> Iterator[str]:
    yield f"- name: {step.name}\n"
    if step.id:
        yield f"  id: {step.id}\n"
    if step.condition:
        yield f"  if: {step.condition}\n"
    if step.env:
        yield "  env:\n"
        yield from (f"    {name}: {value}\n" for name, value in step.env.items())
    yield "  run: |\n"
    yield from (f"    {line}\n" for line in step.lines)
