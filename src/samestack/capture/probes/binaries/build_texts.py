"""Files of Python source in which a build wrote down what it was built with: read as text, never imported."""

import re

from samestack.capture.tree import Tree
from samestack.errors import InputError

_MAX_BYTES = 256 * 1024
_BETWEEN = r"(?:['\"]\s*[,:]\s*|\s*(?::[^='\"\n]{0,40})?=\s*)"
_VALUE = r"[0-9a-f]{40}|\d[\w.+-]{0,40}"


def read_build_text(tree: Tree, path: str) -> str:
    """The text of such a file; empty when it is missing, unreadable or too large to be one."""
    try:
        return tree.read(path, limit=_MAX_BYTES).decode("utf-8", "replace")
    except (OSError, InputError):
        return ""


def stated(variable: str, text: str) -> str | None:
    """The version or commit that a text assigns to a variable, or states as the value of a key.

    Understood are ``cuda: Optional[str] = '12.1'``, ``('cuda_version', '12.5.1')`` and ``"version": "1.0"``.
    """
    match = re.search(rf"(?<!\w){variable}{_BETWEEN}r?['\"](?P<value>{_VALUE})['\"]", text)
    return None if match is None else match["value"]
