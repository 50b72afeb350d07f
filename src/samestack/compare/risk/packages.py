"""Packages: by the table of the component, by how it was rebuilt, or by the form of the step."""

from collections.abc import Iterator

from samestack.compare.difference import Reason
from samestack.compare.risk.presence import Pair, both_sides, came_or_went
from samestack.compare.risk.reasons import otherwise_reason, unknown, version_reasons
from samestack.compare.risk.rebuilds import rebuild_reasons
from samestack.compare.risk.version_steps import is_relabelled
from samestack.knowledge.python_names import pypi_name
from samestack.knowledge.steps import Table, table
from samestack.model import Component, Ecosystem
from samestack.model.change import Change
from samestack.model.risk import Risk


def package_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of a Python package bears a risk."""
    known = component_table(change.component)
    pair = both_sides(change)
    if pair is not None:
        yield from pair_reasons(pair, known)
    elif known is not None and known.otherwise is not None and known.otherwise.risk is Risk.NONE:
        yield otherwise_reason(known.otherwise, known)
    else:
        yield came_or_went(change, "a program that imports it fails.")


def pair_reasons(pair: Pair, known: Table | None) -> Iterator[Reason]:
    """Why a component that is on both sides bears a risk, by its table where it has one."""
    before, after = pair
    is_numeric = known is not None and known.numeric
    if before.version is None and after.version is None:
        yield unknown(f"No version of {after.name} is stated: {before.label} became {after.label}.")
    elif before.version is None or after.version is None:
        yield unknown(f"The version of {after.name} is not stated on both sides.")
    elif is_relabelled(before.version, after.version):
        yield from rebuild_reasons(pair, is_numeric=is_numeric)
    else:
        yield from version_reasons(after.name, before.version, after.version, known)


def component_table(component: Component) -> Table | None:
    """The table of a component, by its own name or by the name that its package has on the Python index."""
    found = table(component.name)
    if found is None and component.ecosystem is Ecosystem.CONDA:
        return table(pypi_name(component.name).name)
    return found
