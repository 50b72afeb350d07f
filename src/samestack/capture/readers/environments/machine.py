"""Environment reader ``machine:``: this machine, with every Python that is installed on it."""

import os

from samestack.capture.memory import observed
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments.pythons import read_pythons
from samestack.capture.readers.environments.surroundings import surroundings
from samestack.capture.readers.environments.user_packages import user_base
from samestack.capture.tree import MachineTree


def read(locator: str, options: Options) -> Observation:  # noqa: ARG001 - there is one machine only
    """System, host and configuration of this machine, and the Pythons in their usual places."""
    users = user_base(os.environ)

    def read_all(tree: MachineTree) -> Observation:
        return read_pythons(tree, options, user_base=users)

    return Observation.joined(
        (surroundings(deep=options.deep), observed(read_all, options, "pythons", users))
    )
