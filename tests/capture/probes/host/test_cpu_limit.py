"""A control group's limit, in both versions of control groups."""

import os

import pytest

from samestack.capture.probes.host.cpu_limit import read_cpu_limit
from tests.capture.probes.memory_tree import MemoryTree

UNIFIED = "0::/kubepods/pod1/container\n"
DIVIDED = "4:memory:/docker/x\n2:cpu,cpuacct:/docker/x\n1:cpuset:/\n"


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "150000 100000\n"}, "1.5"),
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "max 100000\n"}, None),
        (
            {"/proc/self/cgroup": UNIFIED, "/sys/fs/cgroup/kubepods/pod1/container/cpu.max": "max 100000"},
            None,
        ),
        (
            {
                "/proc/self/cgroup": UNIFIED,
                "/sys/fs/cgroup/kubepods/pod1/container/cpu.max": "400000 100000",
                "/sys/fs/cgroup/kubepods/pod1/cpu.max": "200000 100000",
                "/sys/fs/cgroup/kubepods/cpu.max": "max 100000",
            },
            "2",
        ),
        (
            {
                "/proc/self/cgroup": DIVIDED,
                "/sys/fs/cgroup/cpu/docker/x/cpu.cfs_quota_us": "50000\n",
                "/sys/fs/cgroup/cpu/docker/x/cpu.cfs_period_us": "100000\n",
            },
            "0.5",
        ),
        (
            {
                "/proc/self/cgroup": DIVIDED,
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            None,
        ),
        ({"/proc/self/cgroup": "0::/../../etc\n", "/sys/fs/cgroup/cpu.max": "1 0"}, None),
        ({}, None),
    ],
)
def test_the_narrowest_limit_counts(files: dict[str, str | bytes], limit: str | None) -> None:
    circumstances = read_cpu_limit(MemoryTree(files))
    assert circumstances.get("processor_limit") == limit
    assert circumstances["usable_processors"] == len(os.sched_getaffinity(0))
