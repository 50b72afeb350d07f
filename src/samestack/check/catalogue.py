"""Every rule there is: the modules that hold one, in the order in which their findings are told."""

import importlib
from functools import cache
from typing import Final

from samestack.check.rule import Rule

MODULES: Final = (
    "python.interpreter_gone",
    "python.unmet_requirement",
    "python.requires_python",
    "python.wheel_tags",
    "python.duplicate_metadata",
    "python.overlapping_files",
    "python.altered_files",
    "python.editable_source",
    "python.broken_metadata",
    "python.leftover",
    "python.shadowed_module",
    "binary.numpy_abi",
    "binary.missing_library",
    "binary.glibc",
    "binary.cpu_instructions",
    "binary.openmp_runtimes",
    "binary.blas_runtimes",
    "known.known_break",
    "models.estimator_version",
    "models.onnx_operators",
    "models.pickled_name",
    "models.torch_weights",
    "accelerator.cuda_driver",
    "accelerator.gpu_architecture",
    "accelerator.torch_companions",
    "accelerator.tensorflow_cuda",
    "accelerator.cuda_majors",
    "accelerator.cuda_variant",
    "accelerator.onnxruntime_pair",
    "accelerator.jax_cuda",
)
"""Modules below ``samestack.check.rules``, each with its ``RULE``."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, imported when the first is asked for."""
    return tuple(_rule(name) for name in MODULES)


def _rule(name: str) -> Rule:
    rule: Rule = importlib.import_module(f"samestack.check.rules.{name}").RULE
    return rule
