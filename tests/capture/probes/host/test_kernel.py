"""The running kernel."""

import os

from samestack.capture.probes.host.kernel import read_kernel
from samestack.model import Layer


def test_it_is_what_uname_says() -> None:
    (kernel,) = read_kernel().components
    assert (kernel.layer, kernel.name, kernel.version) == (
        Layer.KERNEL,
        os.uname().sysname.lower(),
        os.uname().release,
    )
