"""Calls a function for each input, and keeps what it returns: JSON, NumPy arrays and PNG pictures.

A script for the interpreter of the environment: Python 3.7 or newer, and nothing of samestack.
``python callable_child.py PLAN`` reads a plan in JSON and writes a line of JSON for each call as it begins
and ends, so that whoever reads them knows what was at hand when the process died.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]  # the directory of this script is no part of the environment
    sys.path.insert(0, os.getcwd())  # but the program that is called mostly stands here

import json
import time
import traceback
from typing import Any

_PICTURES = ("L", "LA", "RGB", "RGBA", "I;16", "1", "P")
_MOST_ITEMS = 10000000


class Store:
    """Where the parts of one result go that JSON cannot hold."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.count = 0

    def place(self, suffix: str) -> str:
        """The path of the next file."""
        self.count += 1
        return os.path.join(self.directory, "%d.%s" % (self.count, suffix))

    def array(self, value: Any) -> Any:
        """A NumPy array, or the lists of one that holds objects."""
        import numpy

        array = numpy.asarray(value)
        if array.dtype.kind == "O":
            return self.tree(array.tolist())
        if array.dtype.kind == "V" and not array.dtype.names:  # bfloat16 and the like are no types of NumPy's
            array = array.astype(numpy.float32)
        path = self.place("npy")
        with open(path, "wb") as file:
            numpy.save(file, array, allow_pickle=False)
        return {"$array": os.path.basename(path)}

    def picture(self, image: Any) -> Any:
        """A picture of Pillow's; what PNG cannot hold as an array."""
        if image.mode not in _PICTURES:
            return self.array(image)
        path = self.place("png")
        image.save(path, format="PNG")
        return {"$picture": os.path.basename(path)}

    def tree(self, value: Any) -> Any:
        """Any result as JSON that names the files."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return plain(value)
        if isinstance(value, dict):
            return {escaped(str(key)): self.tree(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            names = getattr(value, "_fields", None)
            if names is not None:
                return {name: self.tree(one) for name, one in zip(names, value)}
            return [self.tree(one) for one in value]
        return self.of_library(value)

    def of_library(self, value: Any) -> Any:
        """What libraries return, told by what it can do: none of them is loaded for it."""
        if hasattr(value, "detach") and hasattr(value, "cpu"):
            return self.array(of_torch(value))
        if hasattr(value, "columns") and hasattr(value, "to_numpy"):
            return {escaped(str(name)): self.tree(value[name]) for name in value.columns}
        if hasattr(value, "to_numpy"):
            return self.array(value.to_numpy())
        if hasattr(value, "getbands") and hasattr(value, "save"):
            return self.picture(value)
        if hasattr(value, "todense"):
            return self.array(value.todense())
        if hasattr(value, "__array__"):
            return self.array(value)
        return self.of_python(value)

    def of_python(self, value: Any) -> Any:
        """What the standard library has, and objects that are nothing but their fields."""
        if type(value).__name__ == "NAType":  # pandas' word for nothing
            return None
        if hasattr(value, "__dataclass_fields__"):
            return {name: self.tree(getattr(value, name)) for name in value.__dataclass_fields__}
        if hasattr(value, "__fspath__") or hasattr(value, "isoformat"):
            return str(value)
        if isinstance(value, (bytes, bytearray)):
            import hashlib

            return "sha256:" + hashlib.sha256(value).hexdigest()
        if isinstance(value, (set, frozenset)):
            return [self.tree(one) for one in sorted(value, key=repr)]
        if hasattr(value, "value") and hasattr(value, "name"):  # an enumeration's
            return self.tree(value.value)
        if hasattr(value, "__next__"):
            return [self.tree(one) for one, _ in zip(value, range(_MOST_ITEMS))]
        raise TypeError("a result of the type %s is not kept" % type(value).__name__)


def plain(value: Any) -> Any:
    """A scalar as JSON has it: what an enumeration or NumPy derives from it, it is no more."""
    for kind in (bool, int, float, str):
        if type(value) is kind:
            return value
    if hasattr(value, "dtype"):
        return value.item()
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind.__str__(value) if kind is str else kind(value)
    return None


def escaped(key: str) -> str:
    """A key that cannot be mistaken for one of ours."""
    return "$" + key if key.startswith("$") else key


def of_torch(tensor: Any) -> Any:
    """A tensor of PyTorch as an array; sixteen bits that NumPy does not know as thirty-two."""
    tensor = tensor.detach().cpu()
    if getattr(tensor, "is_sparse", False):
        tensor = tensor.to_dense()
    if "bfloat16" in str(tensor.dtype):
        tensor = tensor.float()
    return tensor.numpy()


def called(function: Any, words: list[str], directory: str) -> dict[str, Any]:
    """What came of one call."""
    started = time.perf_counter()
    try:
        value = function(*words)
        seconds = time.perf_counter() - started
        tree = Store(directory).tree(value)
        with open(os.path.join(directory, "result.json"), "w", encoding="utf-8") as file:
            json.dump(tree, file)
    except Exception as error:  # noqa: BLE001 - whatever it raises is its answer
        seconds = time.perf_counter() - started
        return {"seconds": seconds, "status": 1, "messages": described(error)[-4000:]}
    return {"seconds": seconds, "status": 0, "messages": ""}


def described(error: Exception) -> str:
    """The traceback as Python prints it, from the function on."""
    inner = error.__traceback__.tb_next if error.__traceback__ else None
    return "".join(traceback.format_exception(type(error), error, inner))


def found(name: str) -> Any:
    """The function of ``module:function``."""
    from importlib import import_module

    module, _, path = name.partition(":")
    value = import_module(module)
    for part in path.split("."):
        value = getattr(value, part)
    return value


def tell(line: dict[str, Any], path: str) -> None:
    """Add a line that is there whatever happens to this process next."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def main(path: str) -> None:
    """Call for every input of the plan."""
    import faulthandler

    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    # This clock runs beside the interpreter: it ends a call that never comes back from a library, too.
    clock = open(plan["clock"], "w", encoding="utf-8")
    if plan["seconds"]:
        faulthandler.dump_traceback_later(plan["seconds"], exit=True, file=clock)
    function = found(plan["callable"])
    for index, words in plan["calls"]:
        directory = os.path.join(plan["results"], str(index))
        os.mkdir(directory)
        tell({"index": index, "begins": True}, plan["told"])
        if plan["seconds"]:
            faulthandler.dump_traceback_later(plan["seconds"], exit=True, file=clock)
        result = called(function, words, directory)
        tell(dict(result, index=index, begins=False), plan["told"])
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(sys.argv[1])
