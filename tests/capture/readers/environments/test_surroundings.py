"""What surrounds an environment: a root's own system, and on this machine the host as well."""

from pathlib import Path

import pytest

from samestack.capture.readers.environments.surroundings import (
    host_surroundings,
    own_surroundings,
    surroundings,
)
from samestack.model import CONFIGURATION_LAYERS, HOST_LAYERS, Layer


def test_this_machine_with_its_host() -> None:
    observation = surroundings()
    layers = {one.layer for one in observation.components}
    assert {Layer.KERNEL, Layer.HARDWARE, Layer.OS} <= layers
    assert not [remark for remark in observation.remarks if remark.code == "unreadable"]


def test_the_host_is_of_host_layers_and_one_s_own_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = tmp_path / "models--org--name/snapshots" / ("1" * 40)
    revision.mkdir(parents=True)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert {one.layer for one in host_surroundings().components} <= set(HOST_LAYERS)
    own = own_surroundings().components
    assert {one.layer for one in own} == {*CONFIGURATION_LAYERS, Layer.MODELS}
    assert {"OMP_NUM_THREADS", "org/name"} <= {one.name for one in own}


def libraries(*, deep: bool) -> object:
    (glibc,) = [one for one in surroundings(deep=deep).components if one.name in {"glibc", "musl"}]
    return glibc.circumstances.get("libraries")


def test_only_a_deep_capture_tells_what_the_loader_finds_also_where_the_user_has_it_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libmine.so.1").touch()
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    without = libraries(deep=True)
    monkeypatch.setenv("LD_LIBRARY_PATH", f":{tmp_path}")
    within = libraries(deep=True)
    assert isinstance(without, tuple)
    assert isinstance(within, tuple)
    assert set(within) - set(without) == {"libmine.so.1"}
    assert libraries(deep=False) is None
