"""``rootfs:DIR`` reads what is in the root and nothing outside; what is no root is named."""

import os
from pathlib import Path

import pytest

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments import rootfs
from samestack.errors import InputError
from samestack.model import Layer, Stack

OS_RELEASE = "ID=debian\nVERSION_ID=12\n"
STATUS = "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2\n"


def write(root: Path, path: str, content: str | bytes = "") -> Path:
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    write(root, "/etc/os-release", OS_RELEASE)
    write(root, "/var/lib/dpkg/status", STATUS)
    write(root, "/etc/passwd", "root:x:0:0:root:/home/admin:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n")
    return root


def add_python(root: Path, prefix: str, name: str, *distributions: str) -> None:
    executable = write(root, f"{prefix}/bin/{name}")
    executable.chmod(0o755)
    write(root, f"{prefix}/lib/{name}/os.py")
    for distribution in distributions:
        name_of_it, version = distribution.split("==")
        metadata = f"Metadata-Version: 2.1\nName: {name_of_it}\nVersion: {version}\n"
        packages = f"{prefix}/lib/{name}/site-packages"
        write(root, f"{packages}/{name_of_it}-{version}.dist-info/METADATA", metadata)


def read(root: Path) -> Observation:
    observation = rootfs.read(str(root), Options())
    assert Stack.of(observation.components).digest.startswith("sha256:")
    return observation


def packages(observation: Observation) -> list[tuple[str, str]]:
    return sorted((one.label, one.at) for one in observation.components if one.layer is Layer.PACKAGES)


def test_system_and_pythons_each_at_its_prefix(root: Path) -> None:
    add_python(root, "/usr/local", "python3.11", "numpy==1.26.4")
    add_python(root, "/opt/python", "python3.12", "numpy==2.1.0")
    observation = read(root)
    assert packages(observation) == [("numpy 1.26.4", "/usr/local"), ("numpy 2.1.0", "/opt/python")]
    labels = [one.label for one in observation.components]
    assert {"debian 12", "zlib1g 1:1.2"} <= set(labels)
    assert {one.at for one in observation.components if one.layer is Layer.PYTHON} == {
        "/usr/local",
        "/opt/python",
    }


def test_two_pythons_of_one_prefix_are_told_apart(root: Path) -> None:
    add_python(root, "/usr/local", "python3.11", "numpy==1.26.4")
    add_python(root, "/usr/local", "python3.12", "numpy==2.1.0")
    assert packages(read(root)) == [
        ("numpy 1.26.4", "/usr/local/bin/python3.11"),
        ("numpy 2.1.0", "/usr/local/bin/python3.12"),
    ]


def test_conda_environments(root: Path) -> None:
    record = (
        '{"name": "numpy", "version": "1.26.4", "build": "py311_0", "channel": "conda-forge", "files": []}'
    )
    for prefix in ("/opt/conda", "/opt/conda/envs/train", "/home/ada/miniconda3"):
        write(root, f"{prefix}/conda-meta/numpy-1.26.4-py311_0.json", record)
    assert packages(read(root)) == [
        ("numpy 1.26.4", "/home/ada/miniconda3"),
        ("numpy 1.26.4", "/opt/conda"),
        ("numpy 1.26.4", "/opt/conda/envs/train"),
    ]


def test_what_the_administrator_installed_as_a_user_belongs_to_the_python(root: Path) -> None:
    add_python(root, "/usr/local", "python3.11")
    metadata = "Metadata-Version: 2.1\nName: numpy\nVersion: 1.26.4\n"
    write(root, "/home/admin/.local/lib/python3.11/site-packages/numpy-1.26.4.dist-info/METADATA", metadata)
    assert packages(read(root)) == [("numpy 1.26.4", "/usr/local")]


def test_nothing_of_this_machine_is_in_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    layers = {one.layer for one in read(root).components}
    assert layers <= {Layer.OS, Layer.SYSTEM}


@pytest.mark.parametrize(
    ("prepare", "problem"),
    [
        (Path.exists, "no such directory"),
        (lambda path: path.touch(), "not a directory"),
        (lambda path: path.mkdir(), "neither usr nor etc"),
        (lambda path: write(path, "pyvenv.cfg") and write(path, "etc/jupyter"), "write venv:"),
        (lambda path: write(path, "conda-meta/history") and write(path, "etc/x"), "write conda:"),
    ],
)
def test_what_is_no_root_is_named(tmp_path: Path, prepare: object, problem: str) -> None:
    path = tmp_path / "it"
    assert callable(prepare)
    prepare(path)
    with pytest.raises(InputError) as caught:
        read(path)
    assert problem in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint


def test_links_that_lead_out_show_what_is_in_the_root(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    write(secret, "/etc/os-release", "ID=secret\nVERSION_ID=1\n")
    write(secret, "/status", STATUS.replace("zlib1g", "secret"))
    add_python(secret, "", "python3.11", "secret==1.0")
    (root / "etc/os-release").unlink()
    (root / "etc/os-release").symlink_to(secret / "etc/os-release")
    (root / "var/lib/dpkg/status").unlink()
    (root / "var/lib/dpkg/status").symlink_to("../../../../secret/status")
    (root / "usr").symlink_to(secret)
    (root / "opt").symlink_to("../secret")
    (root / "lib").symlink_to(secret / "lib")
    observation = read(root)
    assert observation.components == ()


def test_a_pipe_is_not_waited_for_and_a_huge_file_is_not_read(root: Path) -> None:
    (root / "etc/os-release").unlink()
    os.mkfifo(root / "etc/os-release")
    write(root, "/lib/apk/db/installed")
    with (root / "lib/apk/db/installed").open("wb") as file:
        file.truncate(2**40)
    with (root / "var/lib/dpkg/status").open("wb") as file:
        file.truncate(2**40)
    write(root, "/lib64/libc.so.6")
    with (root / "lib64/libc.so.6").open("wb") as file:
        file.truncate(2**40)
    observation = read(root)
    assert [(one.code, one.subject) for one in observation.remarks] == [
        ("distribution-unknown", "os-release"),
        ("unreadable", "C library"),
        ("unreadable", "dpkg"),
        ("unreadable", "apk"),
    ]
    assert all("larger than" in one.message for one in observation.remarks if one.code == "unreadable")


def test_links_that_lead_round_are_remarked_on(root: Path) -> None:
    for name in ("usr", "opt", "home"):
        (root / name).symlink_to(name)
    (root / "etc/os-release").unlink()
    (root / "etc/os-release").symlink_to("os-release")
    (root / "lib").symlink_to("usr/lib")
    assert [one.label for one in read(root).components] == ["zlib1g 1:1.2"]


def test_long_names_and_strange_ones(root: Path) -> None:
    (root / "etc/os-release").unlink()
    (root / "etc/os-release").symlink_to("x" * 4000)
    (root / os.fsdecode(b"opt\xff\x1b[31m")).mkdir()
    add_python(root, os.fsdecode(b"/opt/\xff\x1b[31m"), "python3.11", "numpy==1.0")
    assert len(read(root).components) >= 1
