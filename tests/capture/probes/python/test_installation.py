"""One Python: found by its executable, its prefix or its environment."""

import os
from pathlib import Path

from samestack.capture.probes.python.installation import installation_of, installations_at, venv_at
from samestack.capture.tree import MachineTree, RootTree
from tests.capture.planted import interpreter, venv, write

TREE = MachineTree()


def test_an_interpreter_by_its_executable(tmp_path: Path) -> None:
    executable = interpreter(tmp_path)
    (tmp_path / "bin/python3").symlink_to("python3.11")
    for path in (executable, tmp_path / "bin/python3"):
        found = installation_of(TREE, str(path))
        assert found is not None
        assert found.executable == str(executable)
        assert (found.prefix, found.version, found.implementation) == (str(tmp_path), "3.11", "cpython")
        assert found.site_directories == (str(tmp_path / "lib/python3.11/site-packages"),)
        assert found.base is None


def test_an_executable_of_another_name_is_the_only_python_of_its_prefix(tmp_path: Path) -> None:
    interpreter(tmp_path, "python3.7")
    os.link(tmp_path / "bin/python3.7", tmp_path / "bin/python3.7m")
    found = installation_of(TREE, str(tmp_path / "bin/python3.7m"))
    assert found is not None
    assert found.version == "3.7"
    interpreter(tmp_path, "python3.8")
    assert installation_of(TREE, str(tmp_path / "bin/python3.7m")) is None


def test_what_is_no_interpreter_is_none(tmp_path: Path) -> None:
    write(tmp_path / "bin/python3.11")
    assert installation_of(TREE, str(tmp_path / "bin/python3.11")) is None
    assert installation_of(TREE, str(tmp_path / "bin/nothing")) is None
    assert installation_of(RootTree(tmp_path), "/round") is None


def test_the_pythons_of_one_prefix(tmp_path: Path) -> None:
    interpreter(tmp_path, "python3.9")
    interpreter(tmp_path, "python3.10")
    interpreter(tmp_path, "python3.12", lib="lib64")
    write(tmp_path / "lib/python3.13/os.py")
    write(tmp_path / "bin/python3.8")
    assert [one.version for one in installations_at(TREE, str(tmp_path))] == ["3.9", "3.10", "3.12"]


def test_packages_of_the_user_come_first(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    users = tmp_path / "user/lib/python3.11/site-packages"
    users.mkdir(parents=True)
    found = installation_of(TREE, str(executable), user_base=str(tmp_path / "user"))
    assert found is not None
    assert found.site_directories == (str(users), str(tmp_path / "python/lib/python3.11/site-packages"))


def test_a_virtual_environment(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    site = venv(tmp_path / "venv", executable)
    (tmp_path / "venv/lib64").symlink_to("lib")
    found = venv_at(TREE, str(tmp_path / "venv"), user_base=str(tmp_path / "user"))
    assert found.site_directories == (str(site),)
    assert found.base is not None
    assert found.base.executable == str(executable)
    assert found.configuration is not None
    assert found.configuration.version == "3.11.7"
    assert installation_of(TREE, str(tmp_path / "venv/bin/python")) == venv_at(TREE, str(tmp_path / "venv"))


def test_an_environment_that_sees_the_packages_of_its_base(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    site = venv(tmp_path / "venv", executable, include_system_site_packages="True")
    users = tmp_path / "user/lib/python3.11/site-packages"
    users.mkdir(parents=True)
    found = venv_at(TREE, str(tmp_path / "venv"), user_base=str(tmp_path / "user"))
    base = str(tmp_path / "python/lib/python3.11/site-packages")
    assert found.site_directories == (str(site), str(users), base)


def test_a_copied_interpreter_has_its_library_at_home(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    (tmp_path / "python/bin/python3").symlink_to("python3.11")
    venv(tmp_path / "venv", executable)
    (tmp_path / "venv/bin/python").unlink()
    write(tmp_path / "venv/bin/python", "a copy")
    found = venv_at(TREE, str(tmp_path / "venv"))
    assert found.base is not None
    assert found.base.prefix == str(tmp_path / "python")


def test_an_interpreter_that_is_gone(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    site = venv(tmp_path / "venv", executable)
    executable.unlink()
    found = venv_at(TREE, str(tmp_path / "venv"))
    assert found.base is None
    assert found.version == "3.11"
    assert found.site_directories == (str(site),)


def test_packages_that_were_installed_for_another_python(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python", "python3.12")
    site = venv(tmp_path / "venv", executable, version="3.11.2")
    found = venv_at(TREE, str(tmp_path / "venv"))
    assert found.version == "3.11"
    assert found.site_directories == (str(site),)
    assert found.base is not None
    assert found.base.version == "3.12"


def test_an_environment_without_anything(tmp_path: Path) -> None:
    write(tmp_path / "pyvenv.cfg")
    found = venv_at(TREE, str(tmp_path))
    assert (found.version, found.site_directories, found.base) == ("", (), None)


def test_of_several_library_directories_that_of_the_interpreter_counts(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python", "python3.12")
    venv(tmp_path / "venv", executable, version="3.12.0")
    (tmp_path / "venv/lib/python3.8/site-packages").mkdir(parents=True)
    assert venv_at(TREE, str(tmp_path / "venv")).version == "3.12"


def test_links_of_a_root_lead_inside_it(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr/local")
    venv(tmp_path / "opt/venv", Path("/usr/local/bin/python3.11"))
    found = venv_at(RootTree(tmp_path), "/opt/venv")
    assert found.base is not None
    assert found.base.prefix == "/usr/local"
    assert found.site_directories == ("/opt/venv/lib/python3.11/site-packages",)
