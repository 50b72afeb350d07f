"""What a deep capture knows of distributions beyond a plain one, and one that verifies their files."""

from collections.abc import Mapping, Sequence

from samestack.capture.options import Options
from samestack.capture.probes.python.distribution import CloserLook, Distribution
from samestack.capture.tree import Tree
from samestack.model import Value


def closer_look(tree: Tree, distributions: Sequence[Distribution], options: Options) -> CloserLook:
    """As much of it as the options ask for."""
    look = _deep(tree, distributions, options) if options.deep else CloserLook()
    if not options.files:
        return look
    from samestack.capture.probes.python.altered_files import altered_files

    return CloserLook(look.facts, (*look.remarks, *altered_files(tree, distributions, options)))


def _deep(tree: Tree, distributions: Sequence[Distribution], options: Options) -> CloserLook:
    from samestack.capture.probes.binaries.deep import deep_facts
    from samestack.capture.probes.binaries.numpy_mismatches import numpy_mismatches
    from samestack.capture.probes.python.editable_sources import editable_sources
    from samestack.capture.probes.python.overlapping_files import overlapping_files

    compiled = deep_facts(tree, distributions, options)
    names = _import_names(tree, distributions)
    facts = {one.metadata_directory: _facts(tree, one, names, compiled.facts) for one in distributions}
    remarks = (
        *compiled.remarks,
        *numpy_mismatches(tree, distributions, compiled.facts),
        *overlapping_files(tree, distributions, names),
        *editable_sources(tree, distributions),
    )
    return CloserLook(facts, remarks)


def _import_names(tree: Tree, distributions: Sequence[Distribution]) -> Mapping[str, tuple[str, ...]]:
    from samestack.capture.probes.python.import_names import import_names

    return {one.metadata_directory: import_names(tree, one) for one in distributions}


def _facts(
    tree: Tree,
    distribution: Distribution,
    names: Mapping[str, tuple[str, ...]],
    compiled: Mapping[str, Mapping[str, Value]],
) -> dict[str, Value]:
    """``modules`` and what METADATA says, with what the binaries tell."""
    from samestack.capture.probes.python.stated_requirements import stated_requirements

    place = distribution.metadata_directory
    facts = {**stated_requirements(tree, distribution), **compiled.get(place, {})}
    return {**facts, "modules": names[place]} if names[place] else facts
