"""Real modules of machines whose numbers are narrower, or stand the other way round."""

import pytest

from samestack.capture.elf import Elf
from tests.capture.elf_oracle import assert_reads_like_pyelftools
from tests.capture.real_wheels import wheel_of_platform


@pytest.mark.registry
@pytest.mark.parametrize(
    ("requirement", "platform", "width", "order", "machine"),
    [
        ("markupsafe==2.1.5", "manylinux2014_i686", 32, "<", 3),
        ("charset-normalizer==3.3.2", "manylinux2014_s390x", 64, ">", 22),
    ],
)
def test_modules_of_other_machines_are_read(
    requirement: str, platform: str, width: int, order: str, machine: int
) -> None:
    modules = list(wheel_of_platform(requirement, platform).rglob("*.so"))
    assert modules
    for module in modules:
        with module.open("rb") as file:
            elf = Elf(file, str(module))
            assert (elf.header.width, elf.header.order, elf.header.machine) == (width, order, machine)
            assert "libc.so.6" in elf.dynamic.needed
            assert_reads_like_pyelftools(file, str(module))
