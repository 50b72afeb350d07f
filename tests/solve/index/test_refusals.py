"""Which files a target takes, and what it is told of those that it does not."""

import pytest
from packaging.tags import Tag

from samestack.solve.index.pages import IndexFile
from samestack.solve.index.refusals import Offer, refusal
from samestack.solve.index.target_tags import glibc_of, marker_values, target_tags
from samestack.solve.problem import Target

LINUX = Target(python="3.11", platform="x86_64-manylinux_2_17")


def offer(target: Target) -> Offer:
    glibc = glibc_of(target)
    return Offer(
        python=f"{target.python}.0",
        named_python=target.python,
        tags=target_tags(target),
        glibc=".".join(map(str, glibc)) if glibc else "",
        platform=target.platform,
    )


def files(*names: str, requires_python: str = "") -> list[IndexFile]:
    return [IndexFile(name=name, address=name, requires_python=requires_python) for name in names]


@pytest.mark.parametrize(
    "name",
    [
        "one-1.0-py3-none-any.whl",
        "one-1.0-cp311-cp311-manylinux2014_x86_64.whl",
        "one-1.0-cp311-cp311-manylinux_2_12_x86_64.manylinux2010_x86_64.whl",
        "one-1.0-cp38-abi3-manylinux1_x86_64.whl",
        "one-1.0-cp311-cp311-linux_x86_64.whl",
        "one-1.0.tar.gz",
    ],
)
def test_what_can_be_installed_is_not_refused(name: str) -> None:
    assert refusal(files(name), offer(LINUX)) is None


@pytest.mark.parametrize(
    ("names", "layer", "why", "offered"),
    [
        (
            ["one-1.0-cp38-cp38-manylinux1_x86_64.whl", "one-1.0-cp310-cp310-manylinux1_x86_64.whl"],
            "python",
            "Python 3.8 or 3.10",
            "Python 3.11",
        ),
        (["one-1.0-py2-none-any.whl"], "python", "Python 2", "Python 3.11"),
        (
            [
                "one-1.0-cp311-cp311-manylinux_2_28_x86_64.whl",
                "one-1.0-cp311-cp311-manylinux_2_34_x86_64.whl",
            ],
            "os",
            "glibc 2.28",
            "glibc 2.17",
        ),
        (
            ["one-1.0-cp311-cp311-win_amd64.whl", "one-1.0-cp311-cp311-manylinux2014_aarch64.whl"],
            "os",
            "platform manylinux2014_aarch64 or win_amd64",
            "platform x86_64-manylinux_2_17",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_its_layer(names: list[str], layer: str, why: str, offered: str) -> None:
    found = refusal(files(*names), offer(LINUX))
    assert found is not None
    assert (found.layer, found.why, found.offered) == (layer, why, offered)


def test_a_python_that_is_too_old_is_refused_and_an_upper_bound_is_not_minded_as_uv_does_not() -> None:
    found = refusal(files("one-1.0.tar.gz", requires_python=">=3.12"), offer(LINUX))
    assert found is not None
    assert found.why == "Python >=3.12"
    assert refusal(files("one-1.0.tar.gz", requires_python=">=3.7,<3.11"), offer(LINUX)) is None


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("aarch64-manylinux_2_28", Tag("cp311", "cp311", "manylinux_2_28_aarch64")),
        ("linux", Tag("cp311", "cp311", "manylinux_2_28_x86_64")),
        ("x86_64-unknown-linux-musl", Tag("cp311", "cp311", "musllinux_1_2_x86_64")),
        ("windows", Tag("cp311", "cp311", "win_amd64")),
        ("aarch64-apple-darwin", Tag("cp311", "cp311", "macosx_11_0_arm64")),
        ("macos", Tag("cp311", "cp311", "macosx_12_0_arm64")),
    ],
)
def test_each_platform_of_uv_has_its_tags(platform: str, tag: Tag) -> None:
    tags = target_tags(Target(python="3.11", platform=platform))
    assert tags is not None
    assert tag in tags
    assert Tag("cp310", "cp310", tag.platform) not in tags


def test_of_a_platform_that_is_not_known_nothing_is_refused() -> None:
    target = Target(python="3.11", platform="wasm32-pyodide2024")
    assert target_tags(target) is None
    assert refusal(files("one-1.0-cp311-cp311-win_amd64.whl"), offer(target)) is None


def test_markers_are_those_of_the_target_and_not_of_this_machine() -> None:
    values = marker_values(Target(python="3.9", platform="x86_64-pc-windows-msvc"))
    assert (values["python_version"], values["python_full_version"]) == ("3.9", "3.9.0")
    assert (values["sys_platform"], values["platform_machine"], values["os_name"]) == ("win32", "AMD64", "nt")
