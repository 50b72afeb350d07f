"""The machine that samestack runs on, as a host."""

import os

from samestack.check.own_machine import host_of
from samestack.model import Layer, Standing
from tests.check import subjects


def test_what_exists_runs_where_it_was_read() -> None:
    snapshot = subjects.snapshot(subjects.python())
    assert host_of(snapshot) is snapshot


def test_what_is_only_declared_is_for_this_machine() -> None:
    for standing in (Standing.WANTED, Standing.DECIDED):
        host = host_of(subjects.snapshot(standing=standing))
        assert host.origin.machine == os.uname().nodename
        assert {Layer.HARDWARE, Layer.OS} <= set(host.origin.complete)
        assert Layer.PACKAGES not in host.origin.complete
        assert [one.name for one in host.host.layer(Layer.HARDWARE)]
        assert not host.stack.layer(Layer.PACKAGES)
