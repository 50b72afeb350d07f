"""Pythons of a whole root, looked for where they usually are."""

from pathlib import Path

from samestack.capture.probes.places import MAX_SIBLINGS
from samestack.capture.probes.python.installations import find_installations
from samestack.capture.tree import RootTree
from tests.capture.planted import interpreter, venv, write

PASSWD = """admin:x:0:0:admin:/home/admin:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
someone:x:1000:1000:,,,:/home/someone:/bin/bash
"""


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.prefix, one.version) for one in find_installations(RootTree(root))]


def test_system_and_added_pythons(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr", "python3.11")
    interpreter(tmp_path / "usr", "python3.9")
    interpreter(tmp_path / "usr/local", "python3.12")
    interpreter(tmp_path / "opt/python3.13", "python3.13")
    interpreter(tmp_path / "opt/bitnami/python", "python3.10")
    assert found(tmp_path) == [
        ("/usr", "3.9"),
        ("/usr", "3.11"),
        ("/usr/local", "3.12"),
        ("/opt/python3.13", "3.13"),
        ("/opt/bitnami/python", "3.10"),
    ]


def test_environments_in_usual_places(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr/local")
    write(tmp_path / "etc/passwd", PASSWD)
    places = (
        "venv",
        "opt/venv",
        "app/.venv",
        "srv/service/.venv",
        "home/someone/work/.venv",
        "home/admin/.venv",
    )
    for place in places:
        venv(tmp_path / place, Path("/usr/local/bin/python3.11"))
    assert {prefix for prefix, _ in found(tmp_path)} == {"/usr/local", *(f"/{place}" for place in places)}


def test_what_homes_hold(tmp_path: Path) -> None:
    write(tmp_path / "etc/passwd", PASSWD)
    interpreter(tmp_path / "home/someone/.pyenv/versions/3.8.18", "python3.8")
    interpreter(tmp_path / "home/admin/.local/share/uv/python/cpython-3.13", "python3.13")
    interpreter(tmp_path / "home/unlisted/.pyenv/versions/3.8.18", "python3.8")
    assert [version for _, version in found(tmp_path)] == ["3.13", "3.8"]


def test_each_once(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr/local")
    (tmp_path / "opt").mkdir()
    (tmp_path / "opt/python").symlink_to("/usr/local")
    (tmp_path / "opt/round").symlink_to("/opt")
    assert found(tmp_path) == [("/usr/local", "3.11")]


def test_conda_is_left_to_its_own_reader(tmp_path: Path) -> None:
    interpreter(tmp_path / "opt/conda")
    write(tmp_path / "opt/conda/conda-meta/history")
    assert found(tmp_path) == []


def test_an_empty_root(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_the_user_base_counts(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr/local")
    (tmp_path / "home/admin/.local/lib/python3.11/site-packages").mkdir(parents=True)
    (one,) = find_installations(RootTree(tmp_path), user_base="/home/admin/.local")
    assert one.site_directories[0] == "/home/admin/.local/lib/python3.11/site-packages"


def test_a_crowded_directory_is_looked_into_no_further(tmp_path: Path) -> None:
    for number in range(MAX_SIBLINGS + 20):
        (tmp_path / f"opt/a{number:04}").mkdir(parents=True)
    interpreter(tmp_path / "opt/z")
    assert found(tmp_path) == []
