"""A whole site directory: what counts, what is told twice, what was left behind."""

import itertools
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.capture.probes.python.distributions import read_distributions, scan_distributions
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Stack
from tests.capture.planted import WHEEL, dist_info, metadata, write
from tests.malformed import STRANGE_TEXTS, corrupted_text


def codes(site: Path) -> list[str]:
    return [remark.code for remark in scan_distributions(MachineTree(), str(site))[1]]


def labels(site: Path) -> list[str]:
    return sorted(one.label for one in read_distributions(MachineTree(), str(site)).components)


def test_only_metadata_directories_count(tmp_path: Path) -> None:
    dist_info(tmp_path, "demo", "1.0")
    write(tmp_path / "demo/__init__.py")
    write(tmp_path / "README.txt")
    assert labels(tmp_path) == ["demo 1.0"]
    assert not codes(tmp_path)


def test_a_missing_directory_holds_nothing(tmp_path: Path) -> None:
    assert read_distributions(MachineTree(), str(tmp_path / "nothing")) == Observation()


def test_a_circle_of_links_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    for tree, path in ((MachineTree(), str(tmp_path / "round")), (RootTree(tmp_path), "/round")):
        assert not scan_distributions(tree, path)[0]


def test_two_of_one_name_are_both_there_and_remarked(tmp_path: Path) -> None:
    dist_info(tmp_path, "Foo_Bar", "1.0")
    dist_info(tmp_path, "foo.bar", "2.0")
    assert labels(tmp_path) == ["foo-bar 1.0", "foo-bar 2.0"]
    (remark,) = scan_distributions(MachineTree(), str(tmp_path))[1]
    assert (remark.code, remark.subject) == ("duplicate-distribution", "foo-bar")
    assert "1.0, 2.0" in remark.message


def test_the_egg_info_of_a_build_is_no_second_distribution(tmp_path: Path) -> None:
    dist_info(tmp_path, "demo", "1.0")
    write(tmp_path / "demo.egg-info/PKG-INFO", metadata("demo", "1.0"))
    assert labels(tmp_path) == ["demo 1.0"]
    assert not codes(tmp_path)
    write(tmp_path / "demo-0.9.egg-info/PKG-INFO", metadata("demo", "0.9"))
    assert labels(tmp_path) == ["demo 0.9", "demo 1.0"]
    assert codes(tmp_path) == ["duplicate-distribution"]


def test_what_pip_left_is_remarked_and_does_not_count(tmp_path: Path) -> None:
    dist_info(tmp_path, "~umpy", "1.26.4")
    (tmp_path / "~umpy").mkdir()
    dist_info(tmp_path, "numpy", "2.0.0")
    assert labels(tmp_path) == ["numpy 2.0.0"]
    assert codes(tmp_path) == ["leftover", "leftover"]


def test_an_editable_is_known_by_its_link_alone(tmp_path: Path) -> None:
    dist_info(tmp_path, "my_demo", "1.0")
    write(tmp_path / "__editable__.my_demo-1.0.pth", "/home/someone/demo\n")
    (one,) = read_distributions(MachineTree(), str(tmp_path)).components
    assert one.circumstances["editable"] is True
    assert one.content is None


def test_both_trees_tell_the_same(tmp_path: Path) -> None:
    site = tmp_path / "opt/site"
    dist_info(site, "demo", "1.0")
    dist_info(site, "other", "1.0", RECORD=None)
    inside = read_distributions(RootTree(tmp_path), "/opt/site", at="x")
    assert inside == read_distributions(MachineTree(), str(site), at="x")
    assert {one.at for one in inside.components} == {"x"}


def test_a_link_in_a_root_does_not_lead_out_of_it(tmp_path: Path) -> None:
    outside = dist_info(tmp_path / "outside", "secret", "1.0")
    (tmp_path / "root/site").mkdir(parents=True)
    (tmp_path / "root/site/secret-1.0.dist-info").symlink_to(outside)
    write(tmp_path / "root/site/secret.egg-link", f"{tmp_path}/outside\n")
    observation = read_distributions(RootTree(tmp_path / "root"), "/site")
    assert [one.version for one in observation.components] == [None]


FILES = {
    "METADATA": metadata("demo", "1.0"),
    "RECORD": "demo.py,sha256=AAAA,1\r\ndemo-1.0.dist-info/RECORD,,\r\n",
    "WHEEL": WHEEL,
    "INSTALLER": "pip",
    "direct_url.json": '{"url": "https://host.example/demo.whl", "archive_info": {"hash": "sha256=00"}}',
}
NUMBERS = itertools.count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(list(FILES)))
def test_whatever_is_spoiled_it_is_observed(tmp_path: Path, data: st.DataObject, name: str) -> None:
    site = tmp_path / str(next(NUMBERS))
    files: dict[str, str | bytes | None] = {
        **FILES,
        name: data.draw(corrupted_text(FILES[name]) | st.binary(max_size=100)),
    }
    dist_info(site, "demo", "1.0", **{key.replace(".", "__"): content for key, content in files.items()})
    observation = read_distributions(MachineTree(), str(site))
    assert len(observation.components) == 1
    assert msgspec.json.decode(msgspec.json.encode(observation), type=Observation) == observation
    assert b"hunter2" not in msgspec.json.encode(observation)
    Stack.of(observation.components)


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_strange_texts_everywhere(tmp_path: Path, text: str) -> None:
    strange = text.encode("utf-8", "surrogatepass")
    wheel = b"Root-Is-Purelib: true\nTag: " + strange
    files: dict[str, str | bytes | None] = {
        "METADATA": b"Name: " + strange + b"\nVersion: " + strange,
        "RECORD": strange + b",sha256=" + strange + b",1\n",
        "direct_url__json": json.dumps({"url": text, "subdirectory": text, "dir_info": {}}),
    }
    dist_info(tmp_path, "demo", "1.0", WHEEL=wheel, INSTALLER=strange, **files)
    observation = read_distributions(MachineTree(), str(tmp_path))
    written = msgspec.json.encode(observation)
    assert msgspec.json.decode(written, type=Observation) == observation
    assert b"hunter2" not in written
