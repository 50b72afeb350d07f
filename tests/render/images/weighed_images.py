"""Images as they are weighed, for the tests of what draws them."""

from samestack.image.sizes.movement import MovedLayer, Movement, PackageChange
from samestack.image.sizes.sizes import (
    Duplicate,
    Hidden,
    LayerSize,
    Owner,
    OwnerKind,
    Share,
    Sizes,
    Waste,
)

HOSTILE = "</title><script>alert(1)</script>\x1b[2J\u202e"


def python(name: str, version: str) -> Owner:
    return Owner(kind=OwnerKind.PYTHON, name=name, version=version)


def system(name: str, version: str) -> Owner:
    return Owner(kind=OwnerKind.SYSTEM, name=name, version=version)


def digest(number: int) -> str:
    return f"sha256:{number:064x}"


def helpdesk(*, crowd: int = 0) -> Sizes:
    """An image as samestack builds them, with a layer in which somebody removed a cache too late.

    A crowd are as many more packages in its third layer.
    """
    return Sizes(
        shown="oci:build/helpdesk:1.0",
        platform="linux/amd64",
        layers=(
            LayerSize(
                number=1,
                digest=digest(1),
                kind="base",
                title="debian:bookworm",
                moved=28_000_000,
                unpacked=81_000_000,
                hidden=9_000_000,
                files=3120,
            ),
            LayerSize(
                number=2,
                digest=digest(2),
                kind="wheel",
                title="torch==2.13.0",
                moved=180_000_000,
                unpacked=620_000_000,
                files=8123,
            ),
            LayerSize(
                number=3,
                digest=digest(3),
                kind="wheels",
                title="click==8.1.7, idna==3.7",
                moved=410_000,
                unpacked=1_200_000,
                files=230,
            ),
            LayerSize(
                number=4,
                digest=digest(4),
                kind="application",
                title="the project's files",
                moved=40_000,
                unpacked=120_000,
                files=31,
            ),
        ),
        shares=(
            Share(owner=system("libc6", "2.36-9"), layer=1, unpacked=13_000_000, files=300),
            Share(owner=system("perl-base", "5.36"), layer=1, unpacked=7_000_000, files=120),
            Share(owner=Owner(kind=OwnerKind.PLACE, name="/etc"), layer=1, unpacked=52_000_000, files=2698),
            Share(owner=python("torch", "2.13.0"), layer=2, unpacked=620_000_000, files=8123),
            Share(owner=python("click", "8.1.7"), layer=3, unpacked=700_000, files=130),
            Share(owner=python("idna", "3.7"), layer=3, unpacked=500_000, files=100),
            *(
                Share(owner=python(f"crowd-{one:02}", "1"), layer=3, unpacked=1_000 - one % 900, files=1)
                for one in range(crowd)
            ),
            Share(owner=Owner(kind=OwnerKind.PLACE, name="/app"), layer=4, unpacked=120_000, files=31),
        ),
        hidden=(Hidden(path="root/.cache/pip/wheels/a.whl", unpacked=9_000_000, layer=1, by=4),),
        duplicates=(
            Duplicate(
                sha256="ab" * 32, unpacked=2_000_000, paths=("opt/a.so", "opt/b.so", "opt/c.so", "opt/d.so")
            ),
        ),
        waste=(
            Waste(
                kind="headers",
                unpacked=31_000_000,
                files=6200,
                example="opt/venv/lib/python3.11/site-packages/torch/include/ATen/ops.h",
                remedy="they come with wheels; without them, verify calls them missing",
            ),
        ),
    )


def bump() -> Movement:
    return Movement(
        against="pylock.toml",
        is_exact=False,
        moved=(MovedLayer(title="click==8.2.0, idna==3.7", moved=420_000, why="click 8.1.7 -> 8.2.0"),),
        kept=208_040_000,
        changes=(
            PackageChange(name="click", before="8.1.7", after="8.2.0"),
            PackageChange(name="six", after="1.17.0"),
            PackageChange(name="tomli", before="2.0"),
        ),
    )


def hostile() -> Sizes:
    owner = Owner(kind=OwnerKind.PLACE, name=HOSTILE, version=HOSTILE)
    return Sizes(
        shown=HOSTILE,
        platform=HOSTILE,
        layers=(
            LayerSize(number=1, digest=digest(1), kind=HOSTILE, title=HOSTILE, moved=1, unpacked=9, files=1),
        ),
        shares=(Share(owner=owner, layer=1, unpacked=9, files=1),),
        hidden=(Hidden(path=HOSTILE, unpacked=1, layer=1, by=1),),
        duplicates=(Duplicate(sha256=HOSTILE, unpacked=1, paths=(HOSTILE, HOSTILE)),),
        waste=(Waste(kind=HOSTILE, unpacked=1, files=1, example=HOSTILE, remedy=HOSTILE),),
    )


def empty() -> Sizes:
    return Sizes(shown="oci:empty", platform="linux/arm64", layers=(), shares=())
