"""What a root file system holds, wherever its files are: in a directory, or in the layers of an image."""

from collections.abc import Sequence

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.python.home_directories import home_directories
from samestack.capture.readers.environments.pythons import read_pythons
from samestack.capture.readers.environments.system import read_system
from samestack.capture.tree import Tree


def read_root(
    tree: Tree, options: Options, *, library_path: Sequence[str] = (), main: str = ""
) -> Observation:
    """The system of a root and every Python in it.

    ``library_path`` is what ``LD_LIBRARY_PATH`` names, ``main`` the executable of the Python that the root is
    there for, where that is known.
    """
    # The first home is the administrator's, as whom a container's programs mostly run.
    user_base = next((f"{home}/.local" for home in home_directories(tree)), "")
    system = read_system(tree, deep=options.deep, library_path=library_path)
    return Observation.joined((system, read_pythons(tree, options, user_base=user_base, main=main)))
