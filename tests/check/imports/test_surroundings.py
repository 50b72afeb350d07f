"""What a process that imports is given."""

from pathlib import Path

from samestack.check.imports.surroundings import surroundings_for

GIVEN = {
    "AWS_SECRET_ACCESS_KEY": "secret",
    "HF_TOKEN": "secret",
    "HF_HOME": "/home/ada/models",
    "HOME": "/home/ada",
    "LD_LIBRARY_PATH": "/opt/cuda/lib64",
    "OMP_NUM_THREADS": "4",
    "PATH": "/home/ada/bin",
    "PYTHONPATH": "/home/ada/code",
    "PYTHONWARNINGS": "error",
}


def test_only_what_decides_how_libraries_load_and_compute_is_handed_on() -> None:
    given = surroundings_for("/opt/venv", Path("/tmp/home"), GIVEN)
    assert "secret" not in given.values()
    assert given["LD_LIBRARY_PATH"] == "/opt/cuda/lib64"
    assert given["OMP_NUM_THREADS"] == "4"
    assert not {"PYTHONPATH", "PYTHONWARNINGS", "HF_HOME"} & given.keys()


def test_home_and_caches_are_elsewhere() -> None:
    given = surroundings_for("/opt/venv", Path("/tmp/home"), GIVEN)
    assert given["HOME"] == given["TMPDIR"] == "/tmp/home"
    assert given["XDG_CACHE_HOME"].startswith("/tmp/home/")
    assert given["PATH"].split(":")[0] == "/opt/venv/bin"
    assert "/home/ada" not in given["PATH"]


def test_packages_of_the_user_are_found_unless_they_are_not_wanted() -> None:
    wanted = surroundings_for("/usr", Path("/tmp/home"), {"PYTHONUSERBASE": "/home/ada/.local"})
    assert wanted["PYTHONUSERBASE"] == "/home/ada/.local"
    unwanted = surroundings_for("/usr", Path("/tmp/home"), {"PYTHONNOUSERSITE": "1"})
    assert unwanted["PYTHONNOUSERSITE"] == "1"
    assert "PYTHONUSERBASE" not in unwanted
