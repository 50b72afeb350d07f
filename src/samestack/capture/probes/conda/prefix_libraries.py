"""The libraries that conda's packages have put into a prefix: its Python and all that it loads finds them.

conda's interpreters name their ``lib`` as a place to look in (RPATH), for virtual environments too.
"""

from msgspec.structs import replace

from samestack.capture.options import Options
from samestack.capture.tree import Tree
from samestack.model import Component


def with_libraries(tree: Tree, interpreter: Component, prefix: str, options: Options) -> Component:
    """A Python with the circumstance ``libraries``, where a capture is deep and the prefix is conda's."""
    if not options.deep or not tree.is_directory(f"{prefix}/conda-meta"):
        return interpreter
    from samestack.capture.probes.system.loader_libraries import libraries_in  # not for a plain capture

    found = libraries_in(tree, f"{prefix}/lib")
    return replace(interpreter, circumstances={**interpreter.circumstances, "libraries": found})
