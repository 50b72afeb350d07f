"""What stands after ``ssh:``."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.ssh.address import Address, Remote, remote
from samestack.capture.ssh.connection import ssh_command
from samestack.errors import RequestError
from samestack.model import Kind, Reference

VENV = Reference(Kind.VENV, "/srv/app/.venv")


@pytest.mark.parametrize(
    ("locator", "address", "reference"),
    [
        ("gpu1/venv:/srv/app/.venv", Address(host="gpu1"), VENV),
        ("ada@gpu1:2222/venv:/srv/app/.venv", Address(host="gpu1", user="ada", port=2222), VENV),
        ("gpu1/machine:", Address(host="gpu1"), Reference(Kind.MACHINE, "")),
        ("[::1]:22/rootfs:/srv", Address(host="::1", port=22), Reference(Kind.ROOTFS, "/srv")),
        ("gpu1//srv/app/.venv", Address(host="gpu1"), Reference(Kind.PATH, "/srv/app/.venv")),
        ("gpu1/app/.venv", Address(host="gpu1"), Reference(Kind.PATH, "app/.venv")),
        ("gpu1/venv:/a b;$(c)'\n", Address(host="gpu1"), Reference(Kind.VENV, "/a b;$(c)'\n")),
    ],
)
def test_a_machine_and_an_environment_there(locator: str, address: Address, reference: Reference) -> None:
    assert remote(locator) == Remote(address, reference)


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("gpu1", "no environment on gpu1 is named"),
        ("gpu1/", "no environment on gpu1 is named"),
        ("/venv:x", "no machine is named"),
        ("-oProxyCommand=touch/venv:x", "no machine is named"),
        ("-l@gpu1/venv:x", "no machine is named"),
        ("gpu1;id/venv:x", "no machine is named"),
        ("a:b@gpu1/venv:x", "no machine is named"),
        ("gpu1:0/venv:x", "there is no port 0"),
        ("gpu1:65536/venv:x", "there is no port 65536"),
        ("gpu1/container:web", "is not read through ssh"),
        ("gpu1/registry:a.b/c", "is not read through ssh"),
        ("gpu1/ssh:gpu2/venv:x", "is not read through ssh"),
    ],
)
def test_what_is_none(locator: str, message: str) -> None:
    with pytest.raises(RequestError, match=message) as caught:
        remote(locator)
    assert caught.value.hint


@given(st.text() | st.from_regex(r"[-a@:\[\]/.]{1,12}/venv:.{0,3}", fullmatch=True))
def test_nothing_that_is_read_is_an_option_of_ssh(locator: str) -> None:
    with contextlib.suppress(RequestError):
        words = ssh_command(remote(locator).address, subsystem="sftp")
        place = words.index("--")
        assert not words[place + 1].startswith("-")
        assert "-l" not in words or not words[words.index("-l") + 1].startswith("-")
        assert words[place + 2 :] == ["sftp"]


def test_what_ssh_is_told() -> None:
    words = ssh_command(Address(host="gpu1", user="ada", port=22), command="nvidia-smi")
    assert words[-7:] == ["-l", "ada", "-p", "22", "--", "gpu1", "nvidia-smi"]
    assert "BatchMode=yes" in words
    assert "ControlMaster=no" in words
