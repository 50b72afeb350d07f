"""How grave it is that a module could not be imported."""

import sys
from typing import Final

from samestack.check.finding import Severity
from samestack.check.imports.plan import is_namesake
from samestack.check.imports.run import Outcome
from samestack.check.python_environment import PythonEnvironment, requirements_of

_NEEDS_SETTINGS: Final = frozenset({"ImproperlyConfigured"})
"""What frameworks raise until a program has told them its settings; nothing is wrong with the environment."""

_NEEDS_NETWORK: Final = frozenset({"gaierror"})
_UNREACHABLE: Final = ("Network is unreachable", "Temporary failure in name resolution", "[Errno 101]")


def gravity_of(outcome: Outcome, environment: PythonEnvironment) -> Severity:
    """An error, unless something else than the environment is to blame, or it cannot be told what is."""
    if outcome.outcome == "late" or _asks_for_network(outcome):
        return Severity.UNKNOWN
    if any(link.kind in _NEEDS_SETTINGS for link in outcome.errors):
        return Severity.NOTE
    return Severity.NOTE if _is_an_extra(outcome, environment) else Severity.ERROR


def _asks_for_network(outcome: Outcome) -> bool:
    return any(
        link.kind in _NEEDS_NETWORK or any(words in link.line for words in _UNREACHABLE)
        for link in outcome.errors
    )


def _is_an_extra(outcome: Outcome, environment: PythonEnvironment) -> bool:
    """Whether a module beside the package's own lacks what is asked for only with an extra, if at all."""
    component = environment.package(outcome.package)
    missing = next((link.missing for link in outcome.errors if link.missing), "").partition(".")[0]
    if component is None or not missing or is_namesake(outcome.module, outcome.package):
        return False
    modules = component.facts.get("modules", ())
    if not isinstance(modules, tuple) or len(modules) < 2 or missing in sys.stdlib_module_names:
        return False
    brought = {name for _, one in environment.each() for name in _modules(one.facts.get("modules", ()))}
    asked = {one.name.lower() for one in requirements_of(component) if "extra" not in str(one.marker)}
    return missing not in brought and missing not in asked


def _modules(stated: object) -> tuple[str, ...]:
    return stated if isinstance(stated, tuple) else ()
