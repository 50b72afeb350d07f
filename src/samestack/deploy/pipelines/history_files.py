"""What of the history of deployments a promotion writes, and how git is told of it."""

from typing import Final

from samestack.deploy.pipelines.facts import HISTORY, Stage

_MANIFESTS: Final = f"{HISTORY}/manifests"


def journal(stage: Stage) -> str:
    """The file of an environment's promotions."""
    return f"{HISTORY}/{stage.name}.jsonl"


def added(stage: Stage) -> tuple[str, ...]:
    """Shell lines that stage what is new here, and take nothing away that others wrote meanwhile."""
    return (
        f"if [ -f {journal(stage)} ]; then git add -- {journal(stage)}; fi",
        f"if [ -d {_MANIFESTS} ]; then git add --ignore-removal -- {_MANIFESTS}; fi",
    )
