"""Facts of projects as tests need them, and what stands in a pipeline."""

from collections.abc import Iterator
from typing import Any

import yaml

from samestack.deploy.pipelines.facts import PipelineFacts, Stage

RUNNER = "registry.example.com/python@sha256:" + "0" * 64
SMALL = PipelineFacts(runner_image=RUNNER)
"""Neither a registry nor environments."""
WHOLE = PipelineFacts(
    directory="services/agent",
    branch="trunk",
    image="registry.example.com/team/agent",
    stages=(
        Stage(name="development", profile="development"),
        Stage(name="staging", profile="staging", after="development", is_cluster=True, has_age_file=True),
        Stage(name="production", profile="production", after="staging", is_cluster=True),
    ),
    recordings=("answers.recording", "looks.recording"),
    needs_gpu=True,
    runner_image=RUNNER,
)


def parsed(text: str) -> dict[str, Any]:
    """The document; ``on`` is a yes for YAML 1.1, which GitHub does not speak."""
    document = yaml.safe_load(text)
    assert isinstance(document, dict)
    return {"on" if key is True else key: value for key, value in document.items()}


def shell_lines(node: object) -> Iterator[str]:
    """Every line that a shell of the pipeline runs."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"run", "script", "before_script", "after_script"} and isinstance(value, str | list):
                texts = [value] if isinstance(value, str) else value
                yield from (line.strip() for text in texts for line in text.splitlines())
            else:
                yield from shell_lines(value)
    elif isinstance(node, list):
        for one in node:
            yield from shell_lines(one)
