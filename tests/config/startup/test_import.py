"""What a program pays for the import, and on which Python it works."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import samestack.config
from samestack.config import startup

ROOT = Path(startup.__file__).parent
FILES = [Path(samestack.config.__file__), *sorted(ROOT.rglob("*.py"))]
NEW_MODULES = """
import sys
before = set(sys.modules)
from samestack.config import load
print("\\n".join(sorted(set(sys.modules) - before)))
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT.parent)))
def test_the_syntax_is_that_of_python_3_9(file: Path) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 9))
    postponed = [one for one in tree.body if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
    assert postponed or not any(isinstance(node, ast.AnnAssign) for node in ast.walk(tree))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT.parent)))
def test_nothing_of_the_tool_is_imported(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            is_own = name == "samestack.config" or f"{name}.".startswith("samestack.config.startup.")
            assert is_own or not name.startswith("samestack")


def test_few_modules_are_imported() -> None:
    """Under 15 ms of CPU; a count is the same on a busy machine."""
    source = str(ROOT.parents[2])
    code = f"import sys; sys.path.insert(0, {source!r}); {NEW_MODULES}"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    modules = told.stdout.split()
    assert modules == [
        "__future__",
        "samestack",
        "samestack.config",
        "samestack.config.startup",
        "samestack.config.startup.error",
        "samestack.config.startup.loading",
        "samestack.config.startup.origins",
    ]


def test_the_tool_does_not_pay() -> None:
    code = "import sys, samestack.config.rank; assert 'samestack.config.startup' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="'lode'"):
        samestack.config.lode  # noqa: B018
    with pytest.raises(ImportError):
        from samestack.config import lode  # noqa: F401
