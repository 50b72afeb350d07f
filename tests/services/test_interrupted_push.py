"""Ctrl-C in the midst of a push."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.errors import RequestError
from tests.oci.registry.opaque_images import opaque_image
from tests.services.misbehaving_proxy import Fault, Mishap, misbehaving
from tests.services.registry_clients import layout, source, unique
from tests.services.registry_server import RegistryServer

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]

# As main.py runs an action and ends: without waiting for threads.
PUSH = """\
import argparse, os
from samestack.cli import main
from samestack.cli.images import push
parser = argparse.ArgumentParser()
push.add_arguments(parser)
os._exit(main._guarded(lambda: push.run(parser.parse_args()), debug=False))
"""
UPLOADS = "/blobs/uploads/"


def test_an_interrupted_push_leaves_no_tag(registry_server: RegistryServer, tmp_path: Path) -> None:
    """Ctrl-C ends the program at once, though the registry says nothing any more."""
    layout(tmp_path / "there", opaque_image(*(unique(100) for _ in range(8))), "1.0")
    silent = Mishap(fault=Fault.STALL, method="PUT", path=UPLOADS, after=2, times=99)
    with misbehaving(registry_server.host, silent) as proxy:
        words = [f"oci:{tmp_path / 'there'}:1.0", f"registry:{proxy.host}/team/interrupted:1.0"]
        with subprocess.Popen(
            [sys.executable, "-c", PUSH, *words], stderr=subprocess.PIPE, text=True
        ) as program:
            end = time.monotonic() + 60
            while sum(one.startswith("PUT") for one in proxy.seen) < 3 and time.monotonic() < end:
                time.sleep(0.05)
            program.send_signal(signal.SIGINT)
            _, said = program.communicate(timeout=30)
    assert program.returncode == 130
    assert "interrupted" in said
    with (
        source(registry_server.host, "team/interrupted") as there,
        pytest.raises(RequestError, match=r"has no 1\.0"),
    ):
        there.described("1.0")
