"""Environment reader ``conda:PATH`` or ``conda:NAME``: an environment of conda, mamba, micromamba or pixi."""

import os

from samestack.capture.memory import observed
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.conda.conda_environments import find_prefix
from samestack.capture.readers.environments.surroundings import surroundings
from samestack.capture.tree import MachineTree


def read(locator: str, options: Options) -> Observation:
    """The conda environment at a path or of a name, and the machine around it.

    :class:`RequestError` names the environments there are when it is none of them.
    """
    prefix = find_prefix(locator, os.environ)

    def read_conda(tree: MachineTree) -> Observation:
        # Imported only when the environment has changed: the parsers cost more to load than what they found.
        from samestack.capture.probes.conda.conda_prefix import read_prefix

        return read_prefix(tree, prefix, options=options)

    packages = observed(read_conda, options, "conda", prefix)
    return Observation.joined((packages, surroundings(deep=options.deep)))
