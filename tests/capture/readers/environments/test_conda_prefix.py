"""Environments of conda by path and by name, with the machine around them."""

from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.options import Options
from samestack.capture.readers.environments.conda_prefix import read
from samestack.errors import RequestError
from samestack.model import Ecosystem, Host, Layer, Stack
from tests import conda_channel


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return conda_channel.make_prefix(tmp_path_factory.mktemp("conda"))


def test_it_is_read_with_what_surrounds_it(prefix: Path) -> None:
    observation = read(str(prefix), Options())
    assert Stack.of(observation.components).layer(Layer.OS)
    assert Host.of(observation.components).layer(Layer.KERNEL)
    (pluggy,) = (one for one in observation.components if one.name == "pluggy")
    assert (pluggy.ecosystem, pluggy.version) == (Ecosystem.CONDA, version("pluggy"))


def test_it_is_the_same_when_it_is_read_again(prefix: Path) -> None:
    stacks = [Stack.of(read(str(prefix), Options()).components) for _ in range(2)]
    assert stacks[0] == stacks[1]


def test_it_is_found_by_name(prefix: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CONDA_ENVS_PATH", str(prefix.parent))
    assert "pluggy" in {one.name for one in read("vision", Options()).components}
    with pytest.raises(RequestError, match="no conda environment 'visoin'") as refusal:
        read("visoin", Options())
    assert "vision" in str(refusal.value.hint)


@given(locator=st.text(st.characters(exclude_characters="\0"), max_size=20))
def test_any_locator_is_found_or_refused(locator: str) -> None:
    with pytest.raises(RequestError):
        read(f"{locator}-that-is-not-there", Options())
