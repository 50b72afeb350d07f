"""Compiles modules, each in a process of its own that is a fork of this one, which compiles none.

A script for the interpreter of the image's series, Python 3.9 or newer with the standard library, and nothing
of samestack. It is started where ``plan.json`` lists the paths that the sources will have; their texts are
``0.py``, ``1.py`` and so on.
"""

import importlib.util
import json
import marshal
import os
import sys
from pathlib import Path

_UNCHECKED_HASH = 1


def main() -> None:
    """Compile everything in the plan, and tell of each that could be."""
    paths = json.loads(Path("plan.json").read_text(encoding="utf-8"))
    tell({"series": "{}.{}".format(*sys.version_info[:2])})
    for number, path in enumerate(paths):
        if compiles(number, path):
            tell({"number": number, "path": importlib.util.cache_from_source(path, optimization="")})


def tell(said: dict[str, object]) -> None:
    """A line of JSON, at once: a fork must not write it again."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def compiles(number: int, path: str) -> bool:
    """Compile one module in a fork; whether it could be."""
    pid = os.fork()
    if pid == 0:
        os._exit(compile_one(number, path))
    return os.waitpid(pid, 0)[1] == 0


def compile_one(number: int, path: str) -> int:
    """Write the compiled form of a module (PEP 552); the exit status."""
    source = Path(f"{number}.py").read_bytes()
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return 1
    flags = _UNCHECKED_HASH.to_bytes(4, "little")
    data = importlib.util.MAGIC_NUMBER + flags + importlib.util.source_hash(source) + marshal.dumps(code)
    Path(f"{number}.pyc").write_bytes(data)
    return 0


if __name__ == "__main__":
    main()
