"""The host that another machine is: kernel, processor, NVIDIA's driver and GPUs."""

from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.host.cpu import read_cpu
from samestack.capture.probes.host.kernel import kernel_of
from samestack.capture.probes.host.nvidia import DRIVER_FILE
from samestack.capture.probes.host.nvidia_components import module_version
from samestack.capture.probes.host.nvidia_program import COMMAND, observed_of
from samestack.capture.probes.text import shown_text
from samestack.capture.readers.environments.attempt import attempted
from samestack.capture.ssh.address import Address
from samestack.capture.ssh.connection import ANSWER_SECONDS, ssh_command
from samestack.capture.tree import Tree
from samestack.errors import OutsideError
from samestack.model import Layer
from samestack.process import run

_NAMES: Final = "/proc/sys/kernel"
"""Where Linux keeps what uname tells."""
_MAX_NAME: Final = 4096
_DEVICE: Final = "/dev/nvidiactl"


def read_host(tree: Tree, address: Address, architecture: str) -> Observation:
    """Kernel, processor, driver and GPUs. ``architecture`` is what uname calls the processor's kind."""
    return Observation.joined(
        (
            attempted(Layer.KERNEL, "kernel", lambda: _kernel(tree)),
            attempted(Layer.HARDWARE, "cpu", lambda: read_cpu(tree, architecture, is_ours=False)),
            attempted(Layer.DRIVER, "nvidia-driver", lambda: _nvidia(tree, address)),
        )
    )


def machine_name(tree: Tree) -> str:
    """What the machine calls itself; empty where it does not say."""
    return shown_text(_named(tree, "hostname")) if tree.is_file(f"{_NAMES}/hostname") else ""


def _kernel(tree: Tree) -> Observation:
    return kernel_of(*(_named(tree, name) for name in ("ostype", "osrelease", "version")))


def _named(tree: Tree, name: str) -> str:
    return tree.read(f"{_NAMES}/{name}", limit=_MAX_NAME).decode("utf-8", "replace").strip()


def _nvidia(tree: Tree, address: Address) -> Observation:
    is_device = any(one.path == _DEVICE for one in tree.entries("/dev"))
    if not (is_device or tree.is_file(DRIVER_FILE)):
        return Observation()
    try:
        finished = run(ssh_command(address, command=COMMAND), timeout=ANSWER_SECONDS, check=False)
    except OutsideError:
        return observed_of("", module_version(tree))
    return observed_of(finished.output, module_version(tree))
