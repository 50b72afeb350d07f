"""Environments on a machine that a real sshd lets us into, through a real ssh."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.errors import InputError
from samestack.model import HOST_LAYERS, STACK_LAYERS, Kind, Reference, Snapshot
from samestack.outside.source_error import Reason, SourceError
from tests.services.ssh_server import SshServer, running_ssh_server

pytestmark = pytest.mark.service

ODD = "a 'b' $(touch pwned);\"c\" `touch pwned` *"
METADATA = "Metadata-Version: 2.1\nName: example\nVersion: 1.0\n"


@pytest.fixture
def there(ssh_server: SshServer, monkeypatch: pytest.MonkeyPatch) -> SshServer:
    """The server, and on ``PATH`` the ssh that knows it."""
    monkeypatch.setenv("PATH", f"{ssh_server.programs}:{os.environ['PATH']}")
    return ssh_server


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """An environment of a package of our own, in a directory whose name a shell would do much with."""
    place = tmp_path / ODD
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    package = site / "example-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text(METADATA)
    return place


def read(reference: str, options: Options = Options()) -> Snapshot:  # noqa: B008 - it is frozen
    return capture(Reference.parse(reference), options)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("kind", ["venv:", "", "python:"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_venv_there_is_what_it_is_here(venv: Path, kind: str, deep: bool) -> None:  # noqa: FBT001 - a parameter
    name = f"{venv}/bin/python" if kind == "python:" else str(venv)
    here, elsewhere = (read(one, Options(deep=deep)) for one in (f"{kind}{name}", f"ssh:there/{kind}{name}"))
    assert [one.label for one in elsewhere.stack if one.name == "example"] == ["example 1.0"]
    assert elsewhere.stack.digest == here.stack.digest
    assert elsewhere.host.layer(HOST_LAYERS[-1]) == here.host.layer(HOST_LAYERS[-1])
    assert not list(elsewhere.configuration)
    assert elsewhere.origin.kind == here.origin.kind
    assert elsewhere.origin.complete == (*HOST_LAYERS, *STACK_LAYERS)
    assert elsewhere.origin.machine == os.uname().nodename
    assert not list(venv.parent.rglob("pwned"))
    assert not Path("pwned").exists()


@pytest.mark.usefixtures("there")
def test_the_environment_of_these_tests() -> None:
    here, elsewhere = (read(f"{where}venv:{sys.prefix}") for where in ("", "ssh:there/"))
    assert len(here.stack) > 100
    assert elsewhere.stack == here.stack


@pytest.mark.usefixtures("there")
def test_the_machine_itself() -> None:
    here, elsewhere = read("machine:"), read("ssh:there/machine:")
    assert elsewhere.stack.digest == here.stack.digest
    cpu, kernel = (next(one for one in elsewhere.host if one.name == name) for name in ("cpu", "linux"))
    assert cpu.facts == next(one.facts for one in here.host if one.name == "cpu")
    assert kernel in list(here.host)


@pytest.mark.usefixtures("there")
def test_no_link_leads_out_of_a_root_there(tmp_path: Path) -> None:
    root, secret = tmp_path / "root", tmp_path / "os-release"
    secret.write_text("ID=canary\nVERSION_ID=1\n")
    (root / "etc").mkdir(parents=True)
    (root / "etc/os-release").symlink_to(secret)
    (root / "usr").symlink_to("../../../../usr")
    assert list(read(f"ssh:there/rootfs:{root}").stack) == []
    (root / "etc/os-release").unlink()
    (root / "etc/os-release").write_text("ID=debian\nVERSION_ID=12\n")
    assert [one.label for one in read(f"ssh:there/rootfs:{root}").stack] == ["debian 12"]
    assert read(f"ssh:there/{root}").origin.kind == Kind.ROOTFS


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("venv:/nowhere", "there:/nowhere: not a virtual environment"),
        ("/nowhere", "there:/nowhere: no environment is there"),
        ("conda:/nowhere", "there:/nowhere: no conda environment"),
        ("conda:base", "/base: no conda environment"),
        ("python:python3", "on another machine's PATH is not looked for"),
        ("python:/nowhere/bin/python", "not a Python interpreter with its library"),
        ("rootfs:/proc/sys", "not a root file system"),
    ],
)
def test_what_is_not_there(reference: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(f"ssh:there/{reference}")
    assert message in caught.value.message
    assert caught.value.hint


def test_who_does_not_get_in(there: SshServer) -> None:
    known = there.directory / "known"
    for changed, reason, message in (
        (there.directory / "authorized", Reason.DENIED, "it does not let us in"),
        (known, Reason.DENIED, "its host key is not known, or has changed"),
    ):
        before = changed.read_text()
        changed.write_text("")
        try:
            with pytest.raises(SourceError, match=message) as caught:
                read("ssh:there/machine:")
        finally:
            changed.write_text(before)
        assert caught.value.reason is reason
    assert read(f"ssh:{there.user}@127.0.0.1:{there.port}/machine:").origin.kind == Kind.MACHINE


@pytest.mark.usefixtures("there")
def test_nobody_there() -> None:
    with pytest.raises(SourceError, match="nobody answers there") as caught:
        read("ssh:127.0.0.1:1/machine:")
    assert caught.value.reason is Reason.UNREACHABLE


@pytest.fixture
def without_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    """A server without file transfer."""
    with running_ssh_server("MaxAuthTries 3") as server:
        monkeypatch.setenv("PATH", f"{server.programs}:{os.environ['PATH']}")
        yield server


@pytest.mark.usefixtures("without_files")
def test_a_server_without_file_transfer() -> None:
    with pytest.raises(SourceError, match="its ssh server offers no SFTP"):
        read("ssh:there/machine:")


@pytest.mark.usefixtures("there")
def test_gpus_are_asked_for_where_there_is_a_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """No GPU takes part in the tests: what the program says there is made up, and how it is asked is not."""
    from samestack.capture.ssh import host

    monkeypatch.setattr(host, "_DEVICE", "/dev/null")
    said = "0, NVIDIA A100, 40960, 8.0, Disabled\nDriver Version: 535.1\n"
    monkeypatch.setattr(host, "COMMAND", f"printf '{said}'")
    found = read("ssh:there/machine:").host
    assert [one.label for one in found if one.name in {"gpu", "nvidia-driver"}] == [
        "gpu NVIDIA A100",
        "nvidia-driver 535.1",
    ]
