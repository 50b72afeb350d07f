"""Environment variables: those that change what is computed, and all others."""

from collections.abc import Iterator
from functools import cache

from samestack.compare.difference import Reason
from samestack.compare.risk.reasons import unknown
from samestack.knowledge.variables import VARIABLES, Variable
from samestack.model.change import Change
from samestack.model.risk import Risk


def variable_reasons(change: Change) -> Iterator[Reason]:
    """Why another value of an environment variable bears a risk."""
    variable = _variables().get(change.name)
    if variable is None:
        yield unknown(f"What {change.name} does is up to the program: configuration may differ.")
    else:
        text = f"{variable.name} decides: {variable.changes}."
        yield Reason(risk=Risk.RESULTS, text=text, sources=(variable.source,))


@cache
def _variables() -> dict[str, Variable]:
    return {variable.name: variable for variable in VARIABLES}
