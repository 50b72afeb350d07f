"""What a deep capture adds, what a plain one leaves alone, and metadata that strangers spoiled."""

import itertools
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.closer_look import closer_look
from samestack.capture.probes.python.distribution import CloserLook
from samestack.capture.probes.python.distributions import scan_distributions
from samestack.capture.probes.python.environment import read_environment
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Layer
from tests.capture.planted import dist_info, interpreter, venv, write
from tests.malformed import corrupted_text

TREE = MachineTree()
METADATA = (
    "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Python: >=3.8\nRequires-Dist: six (>=1.0)\n"
    'Requires-Dist: torch @ https://user:hunter2@host.example/torch.whl ; extra == "gpu"\n\nDescription.\n'
)
RECORD = (
    "demo/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n_demo.abi3.so,sha256=AAAA,12\n"
    "demo-1.0.dist-info/RECORD,,\n"
)
NUMBERS = itertools.count()


def environment(root: Path, **files: str | bytes | None) -> Path:
    site = venv(root / "venv", interpreter(root / "python", version="3.11.7"))
    dist_info(site, "demo", "1.0", **{"METADATA": METADATA, "RECORD": RECORD, **files})
    write(site / "demo/__init__.py")
    write(site / "_demo.abi3.so", b"twelve bytes")
    return site


def test_facts_of_a_deep_capture(tmp_path: Path) -> None:
    environment(tmp_path)
    expected = {
        "modules": ("_demo", "demo"),
        "requires": ("six (>=1.0)", 'torch @ https://host.example/torch.whl ; extra == "gpu"'),
        "requires_python": ">=3.8",
    }
    inside = read_environment(RootTree(tmp_path), "/venv", Options(deep=True))
    for observation in (read_environment(TREE, str(tmp_path / "venv"), Options(deep=True)), inside):
        (demo,) = (one for one in observation.components if one.layer is Layer.PACKAGES)
        assert {name: demo.facts.get(name) for name in expected} == expected


def test_a_plain_capture_has_nothing_of_it_and_does_not_read_it(tmp_path: Path) -> None:
    site = environment(tmp_path)
    distributions, _ = scan_distributions(TREE, str(site))
    assert closer_look(TREE, distributions, Options()) == CloserLook()
    observation = read_environment(TREE, str(tmp_path / "venv"), Options())
    (demo,) = (one for one in observation.components if one.layer is Layer.PACKAGES)
    assert set(demo.facts) == {"tags"}


def test_a_plain_capture_imports_nothing_for_it(tmp_path: Path) -> None:
    environment(tmp_path)
    program = (
        "import sys\n"
        "from samestack.capture.options import Options\n"
        "from samestack.capture.readers.environments.venv import read\n"
        "read(sys.argv[1], Options())\n"
        "print([name for name in sys.modules if name.endswith(('closer_look', 'import_names', "
        "'stated_requirements', 'overlapping_files', 'altered_files', 'editable_sources', 'git.index', "
        "'binaries.deep'))])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "venv")]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("deep", [False, True])
def test_files_are_verified_whether_or_not_the_binaries_are_read(tmp_path: Path, *, deep: bool) -> None:
    environment(tmp_path)
    observation = read_environment(TREE, str(tmp_path / "venv"), Options(deep=deep, files=True))
    assert [one.code for one in observation.remarks] == ["altered-files"]
    assert "1 altered (_demo.abi3.so)" in observation.remarks[0].message


SPOILED = {
    "METADATA": METADATA,
    "RECORD": RECORD,
    "top_level.txt": "demo\n_demo\n",
    "direct_url.json": '{"url": "file:///nowhere/demo", "dir_info": {"editable": true}}',
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(list(SPOILED)), is_root=st.booleans())
def test_whatever_is_spoiled_it_is_observed(
    tmp_path: Path, *, data: st.DataObject, name: str, is_root: bool
) -> None:
    root = tmp_path / str(next(NUMBERS))
    spoiled = data.draw(corrupted_text(SPOILED[name]) | st.binary(max_size=100))
    environment(root, **{name.replace(".", "__"): spoiled})
    tree, prefix = (RootTree(root), "/venv") if is_root else (TREE, str(root / "venv"))
    observation = read_environment(tree, prefix, Options(deep=True, files=True))
    written = msgspec.json.encode(observation)
    assert msgspec.json.decode(written, type=Observation) == observation
    assert b"hunter2" not in written
    for one in observation.components:
        for texts in (one.facts.get("requires", ()), one.facts.get("modules", ())):
            assert isinstance(texts, tuple)
            assert all(text and text == shown_text(text, 2048) for text in texts)


def test_an_address_in_the_place_of_a_path_is_not_named(tmp_path: Path) -> None:
    row = "https://user:hunter2@host.example/path?token=hunter2_demo.abi3.so,sha256=AAAA,12\n"
    environment(tmp_path, RECORD=f"demo/__init__.py,,\n{row}")
    observation = read_environment(TREE, str(tmp_path / "venv"), Options(deep=True, files=True))
    assert b"hunter2" not in msgspec.json.encode(observation)


EGG_INFO = {
    "PKG-INFO": "Metadata-Version: 1.0\nName: demo\nVersion: 1.0\n",
    "requires.txt": 'six\n[socks:python_version < "3"]\nsocks @ https://user:hunter2@host.example/socks.whl\n',
    "top_level.txt": "demo\n",
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(list(EGG_INFO)))
def test_whatever_is_spoiled_in_an_egg_info_it_is_observed(
    tmp_path: Path, data: st.DataObject, name: str
) -> None:
    root = tmp_path / str(next(NUMBERS))
    site = venv(root / "venv", interpreter(root / "python", version="3.11.7"))
    spoiled = data.draw(corrupted_text(EGG_INFO[name]) | st.binary(max_size=100))
    for file, content in EGG_INFO.items():
        write(site / "demo.egg-info" / file, spoiled if file == name else content)
    observation = read_environment(TREE, str(root / "venv"), Options(deep=True, files=True))
    written = msgspec.json.encode(observation)
    assert msgspec.json.decode(written, type=Observation) == observation
    assert b"hunter2" not in written
