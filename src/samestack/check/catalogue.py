"""Every rule there is: the modules that hold one, in the order in which their findings are told."""

import importlib
from functools import cache
from typing import Final

from samestack.check.rule import Rule

MODULES: Final = (
    "binary.numpy_abi",
    "models.estimator_version",
    "models.onnx_operators",
    "models.pickled_name",
    "models.torch_weights",
)
"""Modules below ``samestack.check.rules``, each with its ``RULE``."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, imported when the first is asked for."""
    return tuple(_rule(name) for name in MODULES)


def _rule(name: str) -> Rule:
    rule: Rule = importlib.import_module(f"samestack.check.rules.{name}").RULE
    return rule
