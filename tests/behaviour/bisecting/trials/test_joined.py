"""Environments of links, as the interpreter and the dynamic loader see them."""

import shutil
import sys
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.joined import OverlapError, join
from samestack.behaviour.bisecting.trials.layout import layout_of, site_packages
from samestack.behaviour.bisecting.trials.store import Unpacked
from samestack.envs.interpreters import Interpreter, find_interpreter
from samestack.process import run
from tests.services.requirement import unavailable


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return find_interpreter("{}.{}".format(*sys.version_info))


def unpacked(prefix: Path, interpreter: Interpreter, files: dict[str, str]) -> Unpacked:
    """A package with these files in its site directory, or at ``../`` its prefix."""
    for name, text in files.items():
        path = prefix / (
            name.removeprefix("../") if name.startswith("../") else f"{site_packages(interpreter)}/{name}"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Unpacked(Package(name=prefix.name, version="1"), prefix, layout_of(prefix, interpreter))


def python(environment: Path, code: str) -> str:
    return run((environment / "bin/python", "-c", code)).output.strip()


def test_it_is_a_virtual_environment(tmp_path: Path, interpreter: Interpreter) -> None:
    environment = tmp_path / "environment"
    join((), interpreter, environment)
    code = "import sys; print(sys.prefix != sys.base_prefix, sys.prefix, '%d.%d.%d' % sys.version_info[:3])"
    assert python(environment, code) == f"True {environment} {interpreter.version}"
    assert python(environment, "import importlib.metadata as m; print(list(m.distributions()))") == "[]"


@pytest.mark.parametrize("series", ["3.7", "3.9", "3.13"])
def test_any_python_takes_it(tmp_path: Path, series: str) -> None:
    try:
        other = find_interpreter(series, may_fetch=False)
    except Exception as error:  # noqa: BLE001 - whatever it is, there is none
        unavailable(str(error))
    one = unpacked(tmp_path / "alpha", other, {"alpha/__init__.py": "VALUE = 5"})
    join((one,), other, tmp_path / "environment")
    assert python(tmp_path / "environment", "import alpha; print(alpha.VALUE)") == "5"


def test_directories_are_shared_as_deep_as_they_have_to_be(tmp_path: Path, interpreter: Interpreter) -> None:
    one = unpacked(tmp_path / "one", interpreter, {"space/deep/one.py": "V = 1", "space/own/a.py": ""})
    two = unpacked(tmp_path / "two", interpreter, {"space/deep/two.py": "V = 2", "../share/two/x": ""})
    three = unpacked(tmp_path / "three", interpreter, {"space/deep/deeper/three.py": "V = 3"})
    for number, order in enumerate(((one, two, three), (three, two, one), (two, three, one))):
        environment = tmp_path / f"environment{number}"
        join(order, interpreter, environment)
        code = "from space.deep import one, two; from space.deep.deeper import three"
        code += "; print(one.V, two.V, three.V)"
        assert python(environment, code) == "1 2 3"
        site = environment / site_packages(interpreter)
        assert not (site / "space/deep").is_symlink()
        assert (site / "space/own").is_symlink()
        assert (environment / "share/two").is_symlink()


def test_different_files_of_one_name_are_for_an_installer(tmp_path: Path, interpreter: Interpreter) -> None:
    one = unpacked(tmp_path / "one", interpreter, {"cv2/__init__.py": "A = 1"})
    two = unpacked(tmp_path / "two", interpreter, {"cv2/__init__.py": "A = 2"})
    with pytest.raises(OverlapError, match=r"cv2/__init__\.py"):
        join((one, two), interpreter, tmp_path / "environment")
    assert not (tmp_path / "environment").exists()


@pytest.mark.parametrize("files", [({"x": ""}, {"x/y.py": ""}), ({"x/y.py": ""}, {"x": ""})])
def test_a_file_where_another_has_a_directory_is_for_an_installer(
    tmp_path: Path, interpreter: Interpreter, files: tuple[dict[str, str], dict[str, str]]
) -> None:
    both = [unpacked(tmp_path / f"p{n}", interpreter, one) for n, one in enumerate(files)]
    with pytest.raises(OverlapError):
        join(both, interpreter, tmp_path / "environment")


@pytest.mark.service
def test_a_library_finds_its_neighbour_in_another_package(tmp_path: Path, interpreter: Interpreter) -> None:
    """As torch's libraries find those of nvidia's packages."""
    compiler = shutil.which("cc") or unavailable("no C compiler is installed")
    lower, upper = (
        tmp_path / name / site_packages(interpreter) / f"{name}/lib" for name in ("lower", "upper")
    )
    for directory, code in (
        (lower, "int seven() { return 7; }"),
        (upper, "int seven(); int ask() { return seven(); }"),
    ):
        directory.mkdir(parents=True)
        (tmp_path / "code.c").write_text(code)
        is_upper = directory == upper
        more = (f"-L{lower}", "-llower", "-Wl,-rpath,$ORIGIN/../../lower/lib") if is_upper else ()
        library = directory / f"lib{'upper' if is_upper else 'lower'}.so"
        run((compiler, "-shared", "-fPIC", "-o", library, tmp_path / "code.c", *more))
    packages = [unpacked(tmp_path / name, interpreter, {}) for name in ("lower", "upper")]
    join(packages, interpreter, tmp_path / "environment")
    library = tmp_path / "environment" / site_packages(interpreter) / "upper/lib/libupper.so"
    assert (
        python(tmp_path / "environment", f"import ctypes; print(ctypes.CDLL({str(library)!r}).ask())") == "7"
    )
    # Were the directory one link, the loader would look beside the package in the store, in vain.
    linked = tmp_path / "linked/upper"
    linked.parent.mkdir()
    linked.symlink_to(tmp_path / "upper" / site_packages(interpreter) / "upper")
    (tmp_path / "linked/lower").symlink_to(lower.parent)
    failing = run(
        (sys.executable, "-c", f"import ctypes; ctypes.CDLL('{linked}/lib/libupper.so')"), check=False
    )
    assert "liblower.so" in failing.messages
