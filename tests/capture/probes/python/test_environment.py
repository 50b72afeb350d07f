"""A whole Python: what one directory hides of another, and what is seen of a broken environment."""

import itertools
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.python.environment import read_environment, read_installation
from samestack.capture.probes.python.installation import installation_of
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Layer, Stack
from tests.capture.planted import dist_info, interpreter, metadata, venv, write
from tests.malformed import corrupted_text

TREE = MachineTree()


def packages(observation: Observation) -> list[str]:
    return sorted(one.label for one in observation.components if one.layer is Layer.PACKAGES)


def codes(observation: Observation) -> list[str]:
    return sorted(remark.code for remark in observation.remarks)


def test_interpreter_and_packages_at_one_place(tmp_path: Path) -> None:
    dist_info(venv(tmp_path / "venv", interpreter(tmp_path / "python", version="3.11.7")), "demo", "1.0")
    observation = read_environment(TREE, str(tmp_path / "venv"), Options(), at="here")
    assert [one.label for one in observation.components] == ["python 3.11.7", "demo 1.0"]
    assert {one.at for one in observation.components} == {"here"}
    assert not observation.remarks


def test_an_earlier_directory_hides_what_a_later_one_holds(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python", version="3.11.7")
    base = tmp_path / "python/lib/python3.11/site-packages"
    dist_info(base, "demo", "1.0")
    dist_info(base, "other", "1.0")
    site = venv(tmp_path / "venv", executable, include_system_site_packages="true")
    dist_info(site, "demo", "2.0")
    observation = read_environment(TREE, str(tmp_path / "venv"), Options())
    assert packages(observation) == ["demo 2.0", "other 1.0"]
    (remark,) = observation.remarks
    assert (remark.code, remark.subject) == ("shadowed", "demo")
    assert "1.0" in remark.message
    assert str(site) in remark.message
    assert remark.place == str(base / "demo-1.0.dist-info")


def test_a_path_file_adds_a_directory(tmp_path: Path) -> None:
    dist_info(tmp_path / "shared", "shared", "1.0")
    site = venv(tmp_path / "venv", interpreter(tmp_path / "python"))
    write(site / "shared.pth", f"{tmp_path}/shared\n")
    assert packages(read_environment(TREE, str(tmp_path / "venv"), Options())) == ["shared 1.0"]


def test_a_broken_environment_is_captured_with_all_that_is_odd(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    site = venv(tmp_path / "venv", executable)
    executable.unlink()
    dist_info(site, "numpy", "1.26.4")
    dist_info(site, "numpy", "2.2.6")
    dist_info(site, "pandas", "1.4.0", METADATA=None)
    dist_info(site, "~andas", "1.3.0")
    observation = read_environment(TREE, str(tmp_path / "venv"), Options())
    assert packages(observation) == ["numpy 1.26.4", "numpy 2.2.6", "pandas 1.4.0"]
    assert codes(observation) == [
        "duplicate-distribution",
        "interpreter-gone",
        "leftover",
        "missing-metadata",
    ]
    Stack.of(observation.components)


def test_a_plain_interpreter(tmp_path: Path) -> None:
    executable = interpreter(tmp_path)
    dist_info(tmp_path / "lib/python3.11/site-packages", "demo", "1.0")
    installation = installation_of(TREE, str(executable))
    assert installation is not None
    assert packages(read_installation(TREE, installation, Options())) == ["demo 1.0"]


def test_a_root_and_the_machine_tell_the_same_packages(tmp_path: Path) -> None:
    interpreter(tmp_path / "usr/local", version="3.11.7")
    site = venv(tmp_path / "opt/venv", Path("/usr/local/bin/python3.11"))
    dist_info(site, "demo", "1.0")
    inside = read_environment(RootTree(tmp_path), "/opt/venv", Options())
    assert [one.label for one in inside.components] == ["python 3.11.7", "demo 1.0"]
    assert not inside.remarks
    from_outside = read_environment(TREE, str(tmp_path / "opt/venv"), Options())
    assert packages(from_outside) == packages(inside)
    assert codes(from_outside) == ["interpreter-gone"]


CONFIGURATION = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.7\n"
HEADER = '#define PY_VERSION "3.11.7"\n'
SETTINGS = (
    "build_time_vars = {'ABIFLAGS': '',\n 'MULTIARCH': 'x86_64-linux-gnu',\n 'SOABI': 'cpython-311',\n}\n"
)
SPOILED = {
    "venv/pyvenv.cfg": CONFIGURATION,
    "python/include/python3.11/patchlevel.h": HEADER,
    "python/lib/python3.11/_sysconfigdata__linux_x86_64-linux-gnu.py": SETTINGS,
    "python/bin/python3.11": "\x7fELF\x02\x01\x01 no more",
    "venv/lib/python3.11/site-packages/demo-1.0.dist-info/METADATA": metadata("demo", "1.0"),
    "venv/lib/python3.11/site-packages/shared.pth": "../shared\nimport os\n",
}
NUMBERS = itertools.count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(list(SPOILED)))
def test_whatever_is_spoiled_it_is_observed(tmp_path: Path, data: st.DataObject, name: str) -> None:
    root = tmp_path / str(next(NUMBERS))
    site = venv(root / "venv", interpreter(root / "python", version="3.11.7"))
    dist_info(site, "demo", "1.0")
    (root / name).unlink(missing_ok=True)
    write(root / name, data.draw(corrupted_text(SPOILED[name]) | st.binary(max_size=100)))
    observation = read_environment(TREE, str(root / "venv"), Options())
    written = msgspec.json.encode(observation)
    assert msgspec.json.decode(written, type=Observation) == observation
    assert packages(observation) == ["demo 1.0"] or "METADATA" in name
    assert b"hunter2" not in written
