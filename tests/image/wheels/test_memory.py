"""A layer takes little memory, however large its files are."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.image.wheels.wheel_maker import make_wheel

LARGE = 500 << 20
MOST = 120 << 20
SCRIPT = """
import sys
from pathlib import Path
from samestack.image.layers.contents import FileContent
from samestack.image.layers.entry import LayerEntry
from samestack.image.layers.writing import write_layer
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed
path = Path(sys.argv[1])
if path.suffix == ".whl":
    entries = placed(read_wheel(path), "/opt/venv", "3.11")
else:
    entries = [LayerEntry(path="model", content=FileContent.of(path))]
with open("/dev/null", "wb") as out:
    layer = write_layer(entries, out, moment=0)
status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
print(layer.bytes, int(status["VmHWM"].split()[0]) * 1024)
"""


def test_a_wheel_with_a_large_file(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, {})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("large.so", "w") as file:
        for _ in range(LARGE >> 20):
            file.write(bytes(1 << 20))
    size, peak = _written(path)
    assert size > LARGE
    assert peak < MOST


def test_a_large_file_of_the_project(tmp_path: Path) -> None:
    path = tmp_path / "model"
    with path.open("wb") as file:
        file.truncate(2 * MOST)
    size, peak = _written(path)
    assert size == 2 * MOST
    assert peak < MOST


def _written(path: Path) -> tuple[int, int]:
    done = subprocess.run([sys.executable, "-c", SCRIPT, path], check=True, capture_output=True, text=True)
    size, peak = map(int, done.stdout.split())
    return size, peak
