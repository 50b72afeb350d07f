"""Every Python in a tree of files, each with its packages, told apart by where it is."""

import posixpath
from collections.abc import Callable, Iterator
from functools import partial

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.conda.conda_prefix import read_prefix
from samestack.capture.probes.conda.conda_prefixes import find_conda_prefixes
from samestack.capture.probes.python.environment import read_installation
from samestack.capture.probes.python.installation import Installation
from samestack.capture.probes.python.installations import find_installations
from samestack.capture.probes.remarks import shown_path
from samestack.capture.readers.environments.attempt import attempted
from samestack.capture.tree import Tree
from samestack.model import Layer

_Probe = Callable[..., Observation]


def read_pythons(tree: Tree, options: Options, *, user_base: str, main: str = "") -> Observation:
    """The Pythons, virtual environments and conda environments in the usual places of a tree.

    ``at`` is the prefix of each, or the executable where several Pythons share one. One that cannot be read
    is a remark. ``user_base`` is the directory below which ``pip install --user`` installs. ``main`` is the
    executable of the one Python that the tree is there for, if it is: that one's place is not told, so that
    it can be held against any other environment.
    """
    installations = find_installations(tree, user_base=user_base)
    probes: list[tuple[str, _Probe]] = [
        *((at, partial(read_installation, tree, one, options)) for at, one in _placed(installations)),
        *((at, partial(read_prefix, tree, path, options=options)) for at, path in _conda_prefixes(tree)),
    ]
    main_place = _main_place(tree, installations, main)
    options.reporter.started("read Pythons", len(probes))
    observations = []
    for at, probe in probes:
        place = "" if at == main_place else at
        observations.append(attempted(Layer.PYTHON, at, partial(probe, at=place)))
        options.reporter.advanced(at)
    options.reporter.finished()
    return Observation.joined(observations)


def _main_place(tree: Tree, installations: tuple[Installation, ...], main: str) -> str:
    """The place of the Python that an executable belongs to: of several in one prefix, that which it is."""
    prefix = posixpath.dirname(posixpath.dirname(main))
    found = [(at, one) for at, one in _placed(installations) if one.prefix == prefix]
    if len(found) > 1:
        found = [(at, one) for at, one in found if tree.resolve(one.executable) == tree.resolve(main)]
    return found[0][0] if found else shown_path(prefix)


def _placed(installations: tuple[Installation, ...]) -> Iterator[tuple[str, Installation]]:
    prefixes = [one.prefix for one in installations]
    for one in installations:
        yield shown_path(one.prefix if prefixes.count(one.prefix) == 1 else one.executable), one


def _conda_prefixes(tree: Tree) -> Iterator[tuple[str, str]]:
    return ((shown_path(path), path) for path in find_conda_prefixes(tree))
