"""The system of any tree of files, without the host that it is read on."""

from pathlib import Path

from samestack.capture.readers.environments.system import read_system
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import STACK_LAYERS, Layer


def test_a_root_without_the_host() -> None:
    layers = {one.layer for one in read_system(RootTree(Path("/"))).components}
    assert Layer.OS in layers
    assert layers <= set(STACK_LAYERS)


def test_this_machine_is_one_system_however_it_is_read() -> None:
    def system(components: object) -> list[object]:
        assert isinstance(components, tuple)
        return [one for one in components if one.layer in {Layer.OS, Layer.SYSTEM}]

    seen = read_system(MachineTree()).components
    assert system(seen) == system(read_system(RootTree(Path("/"))).components)


def test_what_cannot_be_read_is_a_remark_and_the_rest_is_there(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/os-release").write_text("ID=debian\nVERSION_ID=12\n")
    for huge in ("var/lib/dpkg/status", "lib64/libc.so.6"):
        (tmp_path / huge).parent.mkdir(parents=True)
        with (tmp_path / huge).open("wb") as file:
            file.truncate(2**33)
    observation = read_system(RootTree(tmp_path))
    assert [one.label for one in observation.components] == ["debian 12"]
    assert {(one.subject, one.layer) for one in observation.remarks if one.code == "unreadable"} == {
        ("C library", Layer.OS),
        ("dpkg", Layer.SYSTEM),
    }
    assert all(str(tmp_path) in one.place for one in observation.remarks)
