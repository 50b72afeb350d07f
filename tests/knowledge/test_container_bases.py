"""The table of what images are built on holds together, and its uv is the one that is tested with."""

import re
from pathlib import Path

from packaging.version import Version

from samestack.knowledge.container_bases import container_bases

DEVELOPMENT = Path(__file__).parents[2] / "requirements/development.txt"


def test_uv_is_the_one_of_the_development_lock() -> None:
    uv = container_bases().uv
    pattern = r"^uv==(\S+) \\\n((?:    --hash=\S+(?: \\)?\n)+)"
    locked = re.search(pattern, DEVELOPMENT.read_text(), re.MULTILINE)
    assert locked is not None
    assert locked[1] == uv.version
    assert set(uv.hashes) <= set(re.findall(r"--hash=(\S+)", locked[2]))


def test_every_row_has_a_source() -> None:
    bases = container_bases()
    of_rows = [bases.uv.sources, *(one.sources for one in bases.distributions)]
    of_rows += [one.sources for one in bases.cuda_images]
    assert all(of_rows)
    assert all(one.startswith("https://") for sources in of_rows for one in sources)


def test_nvidias_images_are_of_distributions_that_are_known_the_oldest_first() -> None:
    images = container_bases().cuda_images
    assert [Version(one.cuda) for one in images] == sorted(Version(one.cuda) for one in images)
    for one in images:
        assert container_bases().distribution_of(one.bare) is not None
        assert one.bare.partition("-")[0] == one.with_libraries.partition("-")[0]
        assert one.bare.startswith(f"nvidia/cuda:{one.cuda}.")
