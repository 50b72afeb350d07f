"""What distributions are imported by: as their own Python finds it, and where there is little to go by."""

import json
from pathlib import Path

import pytest

from samestack.capture.options import Options
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.import_names import MAX_NAMES, import_names, recorded_names
from samestack.capture.readers.environments.venv import read
from samestack.capture.tree import MachineTree
from samestack.model import Layer, normalized_python_name
from tests.capture.planted import write
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.real_environments import TOOLS, UV, copy_of, environment, new_directory, run

# A module, a namespace, an extension module beside a package, two packages, types alone, another name.
VARIED = (
    "six==1.16.0",
    "backports.tarfile==1.2.0",
    "cffi==1.17.1",
    "attrs==23.2.0",
    "types-requests==2.31.0.6",
    "setuptools==68.0.0",
    "Pillow==10.3.0",
)
EXPECTED = {
    "six": ("six",),
    "backports-tarfile": ("backports",),
    "cffi": ("_cffi_backend", "cffi"),
    "attrs": ("attr", "attrs"),
    "types-requests": None,
    "setuptools": ("_distutils_hack", "pkg_resources", "setuptools"),
    "pillow": ("PIL",),
}
OWNERS = "import importlib.metadata as m, json; print(json.dumps(m.packages_distributions()))"
SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
HATCHLING = '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n'
BACKEND = ("hatchling", "editables", "packaging", "pathspec", "pluggy", "trove-classifiers")


def modules(prefix: Path) -> dict[str, object]:
    observation = read(str(prefix), Options(deep=True))
    return {
        one.name: one.facts.get("modules") for one in observation.components if one.layer is Layer.PACKAGES
    }


@pytest.mark.registry
@pytest.mark.parametrize("series", ["3.8", "3.12"])
@pytest.mark.parametrize("tool", TOOLS)
def test_whoever_installed_them_they_are_imported_by_the_same_names(tool: str, series: str) -> None:
    found = modules(environment(tool, series, *VARIED))
    assert {name: found[name] for name in EXPECTED} == EXPECTED


@pytest.mark.registry
def test_its_own_python_finds_the_same_owners() -> None:
    prefix = environment("uv", "3.12", *VARIED)
    told = json.loads(run(prefix / "bin/python", "-c", OWNERS))
    theirs = {(name, normalized_python_name(owner)) for name, owners in told.items() for owner in owners}
    ours = {
        (name, owner)
        for owner, names in modules(prefix).items()
        if isinstance(names, tuple)
        for name in names
    }
    assert ours == {(name, owner) for name, owner in theirs if name.isidentifier()}


@pytest.mark.registry
@pytest.mark.parametrize("tool", TOOLS)
def test_an_editable_project_by_the_list_that_setuptools_leaves(tool: str) -> None:
    project = new_directory()
    write(project / "pyproject.toml", f'{SETUPTOOLS}[project]\nname = "demo-project"\nversion = "1.0"\n')
    write(project / "src/demo/__init__.py")
    write(project / "src/demo_tools.py")
    prefix = copy_of(environment("pip", "3.8", "setuptools==68.0.0", "wheel==0.43.0"))
    install_editable(tool, prefix, project)
    assert modules(prefix)["demo-project"] == ("demo", "demo_tools")


@pytest.mark.registry
@pytest.mark.parametrize(("package", "name"), [("demo_project", "demo_project"), ("src/demo", "demo")])
def test_an_editable_project_by_where_its_path_file_leads(package: str, name: str) -> None:
    project = new_directory()
    target = f'[tool.hatch.build.targets.wheel]\npackages = ["{package}"]\n'
    settings = f'{HATCHLING}[project]\nname = "Demo.Project"\nversion = "1.2"\n{target}'
    write(project / "pyproject.toml", settings)
    write(project / package / "__init__.py")
    write(project / "tests/__init__.py")
    prefix = copy_of(environment("pip", "3.12", *BACKEND))
    install_editable("pip", prefix, project)
    assert modules(prefix)["demo-project"] == (name,)


def install_editable(tool: str, prefix: Path, project: Path) -> None:
    executable = prefix / "bin/python"
    by_uv = (UV, "pip", "install", "--python", executable)
    installer = by_uv if tool == "uv" else (executable, "-m", "pip", "install")
    run(*installer, "--quiet", "--no-deps", "--no-build-isolation", "--editable", project)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (["demo/__init__.py", "demo/__pycache__/__init__.cpython-311.pyc"], ["demo"]),
        (["_demo.cpython-311-x86_64-linux-gnu.so", "_abi.abi3.so"], ["_abi", "_demo"]),
        (["nvidia/cublas/__init__.py", "nvidia/cublas/lib/libcublas.so.12"], ["nvidia"]),
        (["fast/_ext.cpython-311-x86_64-linux-gnu.so"], ["fast"]),
        (["__pycache__/six.cpython-311.pyc", "six.py"], ["six"]),
        (["demo-1.0.dist-info/METADATA", "demo-1.0.data/scripts/x.py", "demo.libs/libx.so"], []),
        (["../../../bin/demo.py", "/usr/share/demo.py", "share/demo/readme.txt"], []),
        (["LICENSE", "demo.pth", "docs/index.rst"], []),
        (["requests-stubs/__init__.pyi", "2to3/x.py"], []),
        (["a,b.py", "quoted/x y.py"], ["quoted"]),
    ],
)
def test_by_the_paths_that_are_recorded(rows: list[str], names: list[str]) -> None:
    record = "".join(f'"{row}",sha256=AA,1\r\n' if "," in row else f"{row},sha256=AA,1\r\n" for row in rows)
    assert import_names(MemoryTree({}), distribution(record=record)) == tuple(names)


def distribution(**fields: object) -> Distribution:
    usual = {"name": "demo", "version": "1.0", "site_directory": "/site"}
    return Distribution(
        **{**usual, "metadata_directory": "/site/demo-1.0.dist-info", **fields}  # type: ignore[arg-type]
    )


def test_without_record_the_list_counts() -> None:
    listed = "demo\ngoogle.cloud\n../evil\n  \nrequests-stubs\nfoo/bar\n__pycache__\n"
    for directory in ("demo-1.0.dist-info", "demo.egg-info", "demo-1.0-py3.8.egg/EGG-INFO"):
        place = f"/site/{directory.removesuffix('/EGG-INFO')}"
        tree = MemoryTree({f"/site/{directory}/top_level.txt": listed})
        assert import_names(tree, distribution(metadata_directory=place)) == ("demo", "foo", "google")


def test_a_path_file_of_code_tells_nothing() -> None:
    tree = MemoryTree({"/site/_demo.pth": "import _demo_loader\n", "/src/demo/__init__.py": ""})
    record = "_demo.pth,sha256=AA,1\n_demo_loader.py,sha256=AA,1\n"
    assert import_names(tree, distribution(record=record, is_editable=True)) == ()


def test_no_more_names_than_are_believed() -> None:
    record = "".join(f"m{number}.py,sha256=AA,1\n" for number in range(MAX_NAMES + 5))
    assert len(import_names(MemoryTree({}), distribution(record=record))) == MAX_NAMES


def test_a_name_that_nobody_could_write_is_none(tmp_path: Path) -> None:
    record = f"{'x' * 500}.py,sha256=AA,1\n"
    assert len(list(recorded_names(record))) == 1
    assert import_names(MachineTree(), distribution(record=record, site_directory=str(tmp_path))) == ()
