"""Conflicts of conda packages on a local channel, asked of rattler and told in conda's own words."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import structs
from rattler.index import index_fs

from samestack.errors import OutsideError, RequestError
from samestack.progress import SILENT
from samestack.solve.answering import Question, answered
from samestack.solve.conda.conda_oracle import CondaOracle
from samestack.solve.conda.virtual_packages import CondaTarget, VirtualPackage
from samestack.solve.edits import apply, planned
from samestack.solve.explanation import Explanation
from samestack.solve.problem import Target, Wish
from samestack.solve.wish_files.asked import Asked
from samestack.solve.wish_files.reading import read_words
from tests.conda_channel import PLATFORM, add_package

OLD_HOST = CondaTarget(PLATFORM, (VirtualPackage("__glibc", "2.28"), VirtualPackage("__linux", "4.18")))
GPU_HOST = CondaTarget(PLATFORM, (VirtualPackage("__glibc", "2.39"), VirtualPackage("__cuda", "12.4")))


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Arrays in three releases, two packages that want different ones, and two that want much of the host."""
    directory = tmp_path_factory.mktemp("channel")
    for version in ("1.21.0", "1.26.4", "2.0.0"):
        add_package(directory, f"numpy-{version}-0")
    add_package(directory, "pandas-1.4.0-0", depends=["numpy >=1.20,<2"])
    add_package(directory, "pandas-2.2.2-0", depends=["numpy >=1.26"])
    add_package(directory, "torch-2.0.0-0", depends=["numpy >=2"])
    add_package(directory, "gpulib-1.0-0", depends=["__cuda >=12"])
    add_package(directory, "newlib-1.0-0", depends=["__glibc >=2.38"])
    add_package(directory, "middle-1.0-0", depends=["newlib"])
    add_package(directory, "odd_name-1.1.1w-h1", depends=["_lock 1.* *_0"])
    add_package(directory, "_lock-1.0-x_0")
    for series in ("3.9", "3.10"):
        add_package(directory, f"python-{series}.1-0")
        build = f"py{series.replace('.', '')}_0"
        add_package(directory, f"scipy-1.8.0-{build}", depends=[f"python {series}.*", "numpy"])
    add_package(directory, "python-3.12.1-0")
    asyncio.run(index_fs(directory, write_zst=False))
    return directory.as_uri()


def explained(channel: str, texts: Sequence[str], target: CondaTarget = OLD_HOST) -> Explanation:
    wishes = tuple(Wish(text=text) for text in texts)
    asked = Asked(conda_wishes=wishes, channels=(channel,))
    return answered(Question(asked=asked, target=Target(python="3.12"), conda_target=target), SILENT)


def test_two_packages_conflict_over_a_third(channel: str) -> None:
    found = explained(channel, ["pandas=1.4", "torch", "gpulib"], GPU_HOST)
    (conflict,) = found.conflicts
    assert {wish.text for wish in conflict.wishes} == {"pandas=1.4", "torch"}
    assert (conflict.contested, conflict.layer) == ("numpy", "packages")
    demands = {demand.asker: demand.wanted for chain in conflict.chains for demand in chain.demands}
    assert demands["pandas 1.4.0"] == "numpy<2,>=1.20"
    assert demands["torch 2.0.0"] == "numpy>=2"
    assert "numpy" in conflict.said
    nearest = found.relaxations[0]
    assert [(edit.wish.text, edit.replacement) for edit in nearest.edits] == [("pandas=1.4", "pandas=2.2")]
    assert {"pandas==2.2.2", "torch==2.0.0", "numpy==2.0.0"} <= set(nearest.solution)


@pytest.mark.parametrize(
    ("wish", "package", "contested", "layer"),
    [("gpulib", "gpulib", "__cuda >=12", "accelerator"), ("middle", "newlib", "__glibc >=2.38", "os")],
)
def test_the_host_refuses(wish: str, package: str, contested: str, layer: str, channel: str) -> None:
    found = explained(channel, [wish, "numpy"])
    (conflict,) = found.conflicts
    assert [one.text for one in conflict.wishes] == [wish]
    assert conflict.layer == layer
    last = conflict.chains[0].demands[-1]
    assert (last.asker, last.wanted) == (f"{package} 1.0", contested)
    assert explained(channel, [wish, "numpy"], GPU_HOST).is_met


def test_builds_for_several_pythons_are_one_release(channel: str) -> None:
    found = explained(channel, ["scipy", "python=3.12"])
    (conflict,) = found.conflicts
    assert {wish.text for wish in conflict.wishes} == {"scipy", "python=3.12"}
    assert conflict.contested == "python"
    assert explained(channel, ["scipy", "python=3.10"]).is_met


def test_what_specifiers_cannot_say_is_still_asked_for(channel: str) -> None:
    assert explained(channel, ["odd_name=1.1.1w=h1", "_lock=1.0=x_0"]).is_met
    found = explained(channel, ["odd_name=9", "numpy"])
    assert [wish.text for conflict in found.conflicts for wish in conflict.wishes] == ["odd_name=9"]
    assert not explained(channel, ["odd_name=1.1.1w=h2"]).is_met


def test_the_environment_is_edited_in_place(
    channel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"channels:\n  - {channel}\ndependencies:\n  # frames\n  - pandas=1.4   # old\n  - torch\n"
    Path("environment.yml").write_text(text)
    asked = read_words(["environment.yml"])
    question = Question(asked=asked, target=Target(python="3.12"), conda_target=OLD_HOST)
    found = answered(question, SILENT)
    assert [(wish.text, wish.line) for wish in found.conflicts[0].wishes] == [("pandas=1.4", 5), ("torch", 6)]
    edit = found.relaxations[0].edits[0]
    apply(planned(found.relaxations[0].edits, asked.digests))
    assert Path("environment.yml").read_text() == text.replace(edit.wish.text, edit.replacement)
    assert answered(structs.replace(question, asked=read_words(["environment.yml"])), SILENT).is_met


def test_a_channel_that_is_not_there_is_no_conflict(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="a channel cannot be read"):
        explained((tmp_path / "nothing").as_uri(), ["numpy"])


def test_constraints_only_narrow(channel: str) -> None:
    oracle = CondaOracle([channel], OLD_HOST)
    limit = Wish(text="numpy<1.22", is_constraint=True)
    assert oracle.solve([Wish(text="pandas"), limit]).solution == ("numpy==1.21.0", "pandas==1.4.0")
    assert oracle.solve([Wish(text="python"), limit]).solution == ("python==3.12.1",)


def test_without_rattler_there_is_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rattler", None)
    with pytest.raises(RequestError, match="py-rattler") as caught:
        CondaOracle(["x"], OLD_HOST)
    assert "samestack[conda]" in str(caught.value.hint)
