"""Recordings for tests, from their answers alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from samestack.behaviour.recording.recording import (
    Answer,
    Input,
    Outcome,
    Program,
    Recording,
    RecordingOrigin,
    Run,
)
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing


def recording_of(
    *outputs: Mapping[str, Answer],
    outcomes: Sequence[Mapping[str, Outcome]] = (),
    program: Program | None = None,
    **others: Any,
) -> Recording:
    """A recording of as many runs as there are outputs, each for the same inputs."""
    ended = list(outcomes) or [{}] * len(outputs)
    return Recording(
        origin=RecordingOrigin(recorded_at="2026-01-02T03:04:05Z", recorded_by="samestack 1"),
        program=program or Program(command=("detect", "{input}"), inputs="plates"),
        environment="venv:.venv",
        snapshot=snapshot(),
        inputs=tuple(Input(name=name, sha256="0" * 64, size=3) for name in (outputs[0] if outputs else ())),
        runs=tuple(
            Run(outputs=one, outcomes=ended[number], seconds=dict.fromkeys(one, 0.5), peak_memory=1000)
            for number, one in enumerate(outputs)
        ),
        **others,
    )


def snapshot() -> Snapshot:
    """A Python and a package."""
    return Snapshot(
        origin=Origin(
            reference="venv:.venv",
            kind="venv",
            standing=Standing.OBSERVED,
            captured_at="2026-01-02T03:04:05Z",
            captured_by="samestack 1",
        ),
        stack=Stack(
            (
                Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="cpython", version="3.9.18"),
                Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="numpy", version="1.26.4"),
            )
        ),
    )
