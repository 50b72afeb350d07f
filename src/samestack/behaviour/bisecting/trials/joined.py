"""An environment of packages that are unpacked already: nothing but directories and symbolic links.

It has the form of any virtual environment, with one site directory, so that path files, namespaces, scripts
and data files are where they are elsewhere. A directory that is one package's own is one link; one that
several share is made, and what is in it linked.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from samestack.behaviour.bisecting.trials.store import Unpacked
from samestack.envs.interpreters import Interpreter
from samestack.errors import SamestackError

_Tree = dict[str, "_Tree | Path"]
_SITE: Final = "site-packages"
_LITTER: Final = frozenset({"benchmarks", "doc", "docs", "example", "examples", "test", "tests", "tools"})
"""What wheels drop into the site directory by mistake; nobody imports it."""
_TEXTS: Final = (".md", ".rst", ".txt", "LICENSE", "NOTICE", "py.typed", ".pyc")
"""Files of which any will do. Bytecode is held against its source before it is used."""


class OverlapError(SamestackError):
    """Two packages bring different files of one name: which of them counts is the installer's affair."""


def join(packages: Iterable[Unpacked], interpreter: Interpreter, environment: Path) -> None:
    """Make an environment of these packages; :class:`OverlapError` where only an installer can."""
    tree: _Tree = {}
    for one in packages:
        for link in one.layout.links:
            _add(tree, link.split("/"), one.prefix / link)
    _make_frame(environment, interpreter)
    _make(tree, environment)


def _make_frame(environment: Path, interpreter: Interpreter) -> None:
    bin_directory = environment / "bin"
    bin_directory.mkdir(parents=True)
    (environment / "lib64").symlink_to("lib")
    for name in ("python", "python3", f"python{interpreter.series}"):
        (bin_directory / name).symlink_to(interpreter.path)
    lines = (
        f"home = {interpreter.path.parent}",
        "include-system-site-packages = false",
        f"version_info = {interpreter.version}",
    )
    (environment / "pyvenv.cfg").write_text("".join(f"{line}\n" for line in lines))
    (environment / f"lib/python{interpreter.series}/site-packages").mkdir(parents=True)


def _make(tree: _Tree, directory: Path) -> None:
    for name, what in tree.items():
        path = directory / name
        if isinstance(what, Path):
            path.symlink_to(what)
        else:
            path.mkdir(exist_ok=True)
            _make(what, path)


def _add(tree: _Tree, parts: list[str], target: Path) -> None:
    """Have ``target`` stand at a path; what stands on the way, or there already, is taken apart."""
    name, *rest = parts
    present = tree.get(name)
    if present is None and not rest:
        tree[name] = target
        return
    if isinstance(present, Path) and not rest and not (present.is_dir() and target.is_dir()):
        _check_equal(present, target)
        return
    below = _taken_apart(present)
    tree[name] = below
    if rest:
        _add(below, rest, target)
        return
    for path in target.iterdir():
        _add(below, [path.name], path)


def _taken_apart(present: _Tree | Path | None) -> _Tree:
    if isinstance(present, Path):
        return {path.name: path for path in present.iterdir()}
    return {} if present is None else present


def _check_equal(one: Path, other: Path) -> None:
    """Of two equal files, or two that nobody reads, the first will do."""
    is_equal = one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
    if not is_equal and not _is_harmless(other):
        raise OverlapError(f"more than one package brings {_shown(other)}")


def _is_harmless(path: Path) -> bool:
    return path.name.endswith(_TEXTS) or _shown(path).partition("/")[0] in _LITTER


def _shown(path: Path) -> str:
    """The path in the site directory, or the name of what is elsewhere."""
    return str(path).rpartition(f"/{_SITE}/")[2] if f"/{_SITE}/" in str(path) else path.name
