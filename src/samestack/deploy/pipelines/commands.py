"""What a pipeline runs of samestack, the same on every platform; each line is one command."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.deploy.pipelines.facts import PipelineFacts, Stage

LAYOUT: Final = "oci:.samestack-image"
"""Where the image is built, before anybody pushes it."""
PUSHED: Final = ".samestack-push.json"
"""What the push came to, which has the digest."""
DIGEST: Final = "IMAGE_DIGEST"
"""The variable by which a promotion knows what was pushed."""


class Command(Struct, frozen=True, kw_only=True):
    """A command, and what it is there for."""

    name: str
    line: str


def installed(facts: PipelineFacts) -> str:
    """What follows ``pip``: samestack and all that it needs, nothing of which is built, each by its hash."""
    options = "--quiet --require-hashes --no-deps --only-binary :all:"
    return f"install {options} --requirement {facts.requirements}"


def checking(facts: PipelineFacts) -> Iterator[Command]:
    """Is the commit fit to be built? The environment of the lock is made on the way."""
    first = facts.stages[0] if facts.stages else Stage(name="")
    yield Command(name="The lock is what the project asks for", line="samestack lock --check")
    yield synced(facts)
    yield Command(name="The stack holds together", line="samestack check .")
    yield configured(first)
    yield Command(name="No secret stands where it does not belong", line="samestack config scan")
    for recording in facts.recordings:
        line = f"samestack replay {recording} --environment ."
        yield Command(name=f"It answers as in {recording}", line=line)


def building() -> Iterator[Command]:
    """The image, and whether it is what the lock says, file by file."""
    yield Command(name="The image of the lock", line=f"samestack image build --locked -o {LAYOUT}")
    yield Command(name="The image is what the lock says", line=f"samestack image verify {LAYOUT}")


def pushing(facts: PipelineFacts, commit: str) -> Command:
    """The image, under the name of its commit; ``commit`` is the variable of the platform that has it."""
    place = f"registry:{facts.image}:${commit}"
    line = f'samestack image push {LAYOUT} "{place}" --format json > {PUSHED}'
    return Command(name="The image, to its registry", line=line)


def digest_of_push() -> str:
    """The command that prints the digest of what was pushed."""
    return f"""python3 -c 'import json; print(json.load(open("{PUSHED}"))["digest"])'"""


def promoting(facts: PipelineFacts, stage: Stage, *, summary: str = "") -> Iterator[Command]:
    """From one environment to the next, where the law holds in all that lie before.

    ``summary`` is the file in which the platform shows Markdown beside the pipeline, where it has one.
    """
    yield synced(facts)
    yield configured(stage)
    yield Command(
        name="The law holds in what lies before",
        line=f"samestack parity {' '.join(_before(facts, stage))}{_shown(summary)}",
    )
    yield Command(
        name=f"From {stage.after} to {stage.name}",
        line=f"samestack deploy promote {stage.after} {stage.name}{_digest(facts, stage)}{_applied(stage)}",
    )


def synced(facts: PipelineFacts) -> Command:
    """The environment of the lock; a runner need not offer what only the program's own hosts must."""
    more = " --ignore-host" if facts.needs_gpu else ""
    return Command(name="The environment of the lock", line=f"samestack sync --locked{more}")


def configured(stage: Stage) -> Command:
    """The configuration of an environment; no value of a store is read."""
    profile = f" --profile {stage.profile}" if stage.profile else ""
    name = f"The configuration of {stage.name} is whole" if stage.name else "The configuration is whole"
    return Command(name=name, line=f"samestack config check{profile} --presence")


def _before(facts: PipelineFacts, stage: Stage) -> Iterator[str]:
    names = [one.name for one in facts.stages]
    yield from (f"--environment {name}" for name in names[: names.index(stage.name)])


def _shown(summary: str) -> str:
    return f' --format markdown | tee -a "${summary}"' if summary else ""


def _digest(facts: PipelineFacts, stage: Stage) -> str:
    """What was pushed is told where the environment before runs no image that could tell it."""
    is_first = stage.after not in {one.name for one in facts.promoted}
    return f' --digest "${DIGEST}"' if is_first else ""


def _applied(stage: Stage) -> str:
    """A cluster is brought to it; for other platforms it is said what they want."""
    return " --apply --yes" if stage.is_cluster else ""
