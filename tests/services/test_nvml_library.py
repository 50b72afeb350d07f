"""NVIDIA's own binding against a library of the right name: the path that recorded answers do not take.

The library is built here and answers for a machine with one GPU, or refuses as it does without a driver.
"""

import os
import sys
from pathlib import Path

import pytest

from samestack.process import run
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

SOURCE = """\
#include <string.h>
typedef struct { unsigned long long total, free, used; } memory;
int nvmlInitWithFlags(unsigned flags) { return REFUSAL; }
int nvmlShutdown(void) { return 0; }
int nvmlSystemGetDriverVersion(char *text, unsigned size) { strncpy(text, "580.159.04", size); return 0; }
int nvmlSystemGetCudaDriverVersion_v2(int *version) { *version = 13000; return 0; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 1; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = (void *)1; return 0; }
int nvmlDeviceGetName(void *device, char *text, unsigned size) {
  strncpy(text, "NVIDIA H200", size);
  return 0;
}
int nvmlDeviceGetCudaComputeCapability(void *device, int *major, int *minor) {
  *major = 9;
  *minor = 0;
  return 0;
}
int nvmlDeviceGetMemoryInfo(void *device, memory *info) { info->total = 150754820096ULL; return 0; }
"""
PROGRAM = """\
import os
from samestack.capture.probes.host.nvidia import read_nvidia
from samestack.capture.tree import MachineTree
observation = read_nvidia(MachineTree(), os.environ)
print([(one.label, one.at, dict(one.facts)) for one in observation.components])
print([remark.code for remark in observation.remarks], [remark.message for remark in observation.remarks])
"""


def said(directory: Path, refusal: int) -> list[str]:
    """What a process says of the GPUs that finds the library first; NVML's error codes are the refusals."""
    source = directory / "nvml.c"
    source.write_text(SOURCE)
    library = directory / "libnvidia-ml.so.1"
    run([require_program("cc"), "-shared", "-fPIC", f"-DREFUSAL={refusal}", source, "-o", library])
    environment = {"LD_LIBRARY_PATH": str(directory), "PYTHONPATH": os.pathsep.join(sys.path)}
    return run([sys.executable, "-c", PROGRAM], environment=environment, timeout=60).output.splitlines()


def test_a_driver_that_answers(tmp_path: Path) -> None:
    components, remarks = said(tmp_path, 0)
    assert components == repr(
        [
            ("nvidia-driver 580.159.04", "", {"highest_cuda": "13.0"}),
            (
                "gpu NVIDIA H200",
                "0",
                {"vendor": "nvidia", "compute_capability": "9.0", "memory_mib": 143771},
            ),
        ]
    )
    assert remarks == "[] []"


@pytest.mark.parametrize(
    ("refusal", "text"), [(9, "Driver Not Loaded"), (18, "version mismatch"), (999, "Unknown")]
)
def test_a_library_without_its_driver(tmp_path: Path, refusal: int, text: str) -> None:
    components, remarks = said(tmp_path, refusal)
    assert components == "[]"
    assert "nvidia-driver-silent" in remarks
    assert text in remarks
