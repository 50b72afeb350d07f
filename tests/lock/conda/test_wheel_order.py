import platform

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.tags import Tag, sys_tags

from samestack.lock.conda.wheel_order import ordered_tags
from samestack.solve.problem import Target

# No index takes wheels of plain ``linux``, which say nothing of the C library.
HERE = [tag for tag in sys_tags() if not tag.platform.startswith("linux")]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the tags are those of a glibc")
@given(st.lists(st.sampled_from(HERE), min_size=1, max_size=8))
def test_the_best_is_what_installers_take_here(offered: list[Tag]) -> None:
    library = platform.libc_ver()[1].replace(".", "_")
    target = Target(python=platform.python_version(), platform=f"{platform.machine()}-manylinux_{library}")
    assert min(offered, key=ordered_tags(target).index) == min(offered, key=HERE.index)


@pytest.mark.parametrize(
    ("target", "better", "worse"),
    [
        ("aarch64-apple-darwin", "cp310-cp310-macosx_12_0_arm64", "cp310-cp310-macosx_11_0_arm64"),
        ("aarch64-apple-darwin", "cp310-cp310-macosx_11_0_arm64", "cp38-abi3-macosx_11_0_arm64"),
        ("x86_64-pc-windows-msvc", "cp310-cp310-win_amd64", "py3-none-any"),
    ],
)
def test_other_platforms(target: str, better: str, worse: str) -> None:
    tags = [str(tag) for tag in ordered_tags(Target(python="3.10.13", platform=target))]
    assert tags.index(better) < tags.index(worse)
