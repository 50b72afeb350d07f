"""What a program pays for the import, and on which Python it works."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import samestack.runtime

ROOT = Path(samestack.runtime.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
NEW_MODULES = """
import sys
before = set(sys.modules)
from samestack.runtime import report
print("\\n".join(sorted(set(sys.modules) - before)))
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_syntax_is_that_of_python_3_9(file: Path) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 9))
    postponed = [one for one in tree.body if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
    assert postponed


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_but_the_standard_library_and_itself_is_imported(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            first = name.partition(".")[0]
            assert f"{name}.".startswith("samestack.runtime.") or first in sys.stdlib_module_names


def test_the_import_alone_is_next_to_nothing() -> None:
    source = str(ROOT.parents[1])
    code = f"import sys; sys.path.insert(0, {source!r}); {NEW_MODULES}"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["__future__", "samestack", "samestack.runtime"]
