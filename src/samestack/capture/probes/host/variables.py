"""Environment variables that change what numeric software computes: by allow-list only."""

from collections.abc import Mapping

from samestack.capture.addresses import without_credentials
from samestack.capture.observation import Observation
from samestack.capture.probes.text import MAX_CHARACTERS, shown_text
from samestack.knowledge.variables import VARIABLES
from samestack.model import Component, Ecosystem, Layer, Remark


def read_variables(environment: Mapping[str, str]) -> Observation:
    """The known variables that are set, as components of layer configuration; every other one stays unread.

    A value's credentials are cut out, and what is longer than 256 characters is cut, with a remark.
    """
    present = [(row.name, environment[row.name]) for row in VARIABLES if row.name in environment]
    cleaned = [(name, without_credentials(shown_text(value, len(value) + 1))) for name, value in present]
    return Observation(
        tuple(_component(name, value) for name, value in cleaned),
        tuple(_of_long(name) for name, value in cleaned if len(value) > MAX_CHARACTERS),
    )


def _component(name: str, value: str) -> Component:
    return Component(
        layer=Layer.CONFIGURATION, ecosystem=Ecosystem.GENERIC, name=name, version=shown_text(value)
    )


def _of_long(name: str) -> Remark:
    return Remark(
        code="value-cut",
        layer=Layer.CONFIGURATION,
        subject=name,
        message=f"the value is longer than {MAX_CHARACTERS} characters: only its start is kept and compared",
    )
