"""The words of samestack as frozen values, without input or output.

``change`` and ``risk`` are imported by name: a capture needs neither, and every start would pay for them.
"""

from samestack.model.component import Component, Ecosystem, Value
from samestack.model.composition import Composition, Configuration, Host, Stack
from samestack.model.layer import CONFIGURATION_LAYERS, HOST_LAYERS, STACK_LAYERS, Layer
from samestack.model.names import normalized_python_name
from samestack.model.reference import Kind, Reference
from samestack.model.snapshot import Origin, Remark, Snapshot, Standing

__all__ = [
    "CONFIGURATION_LAYERS",
    "HOST_LAYERS",
    "STACK_LAYERS",
    "Component",
    "Composition",
    "Configuration",
    "Ecosystem",
    "Host",
    "Kind",
    "Layer",
    "Origin",
    "Reference",
    "Remark",
    "Snapshot",
    "Stack",
    "Standing",
    "Value",
    "normalized_python_name",
]
