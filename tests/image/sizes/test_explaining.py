"""An image weighed: by layer, by owner, and what is moved without being seen."""

import json

import pytest

from samestack.image.building.parts import KIND, PACKAGES
from samestack.image.sizes.explaining import explain, layer_sizes
from samestack.image.sizes.sizes import Owner, OwnerKind, Sizes
from tests.image.sizes.made_images import Files, HardLink, Link, MadeLayer, image

SITE = "opt/venv/lib/python3.11/site-packages"
STATUS = (
    b"Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\n"
    b"Package: bash\nStatus: install ok installed\nVersion: 5.2\n"
)
BASE: Files = {
    "lib": Link("usr/lib"),
    "usr/lib/libc.so.6": b"c" * 700,
    "usr/bin/bash": b"b" * 300,
    "etc/motd": b"m" * 10,
    "var/lib/dpkg/status": STATUS,
    "var/lib/dpkg/info/libc6:amd64.list": b"/.\n/lib\n/lib/libc.so.6\n",
    "var/lib/dpkg/info/bash.list": b"/usr/bin/bash\n",
}
RECORD = b"click/core.py,sha256=x,100\nclick-8.1.7.dist-info/RECORD,,\n../../../bin/clack,,\n"
CLICK: Files = {
    f"{SITE}/click/core.py": b"x" * 100,
    f"{SITE}/click/__pycache__/core.cpython-311.pyc": b"y" * 50,
    f"{SITE}/click-8.1.7.dist-info/RECORD": RECORD,
    "opt/venv/bin/clack": b"#!" + b"s" * 18,
}


def by_owner(sizes: Sizes) -> dict[str, int]:
    return {one.owner.label: one.unpacked for one in sizes.owners}


def test_files_are_told_whose_they_are() -> None:
    sizes = by_owner(explain(image(BASE, CLICK)))
    assert sizes["libc6 2.36-9"] == 700
    assert sizes["bash 5.2"] == 300
    assert sizes["/etc"] == 10
    assert sizes["click 8.1.7"] == 100 + 50 + 20 + len(RECORD)


def test_the_sum_is_what_can_be_seen() -> None:
    sizes = explain(image(BASE, CLICK))
    assert sizes.unpacked == sum(
        len(one) for one in (*BASE.values(), *CLICK.values()) if isinstance(one, bytes)
    )
    assert sizes.files == len(BASE) - 1 + len(CLICK)
    assert sizes.moved == sum(one.moved for one in sizes.layers)


def test_what_layers_above_hide_is_moved_all_the_same() -> None:
    cache = {"root/.cache/pip/a.whl": b"w" * 900, "etc/kept": b"k"}
    sizes = explain(image(cache, {"root/.cache/.wh.pip": b"", "etc/kept": b"kk"}))
    assert [(one.path, one.unpacked, one.layer, one.by) for one in sizes.hidden] == [
        ("root/.cache/pip/a.whl", 900, 1, 2),
        ("etc/kept", 1, 1, 2),
    ]
    assert (sizes.layers[0].unpacked, sizes.layers[0].hidden, sizes.layers[0].files) == (901, 901, 2)
    assert sizes.unpacked == 2


def test_a_second_name_weighs_nothing() -> None:
    sizes = explain(image({"a": b"x" * 20_000, "b": HardLink("a"), "c": Link("a")}))
    assert (sizes.unpacked, sizes.files, sizes.duplicates) == (20_000, 1, ())


def test_equal_content_is_found() -> None:
    large, other = b"x" * 20_000, b"y" * 20_000
    sizes = explain(image({"a": large, "sub/b": large, "c": other, "d": b"s", "e": b"s"}, {"f": large}))
    assert [(one.paths, one.wasted) for one in sizes.duplicates] == [(("a", "f", "sub/b"), 40_000)]


def test_layers_are_called_what_they_are() -> None:
    own = {KIND: "wheels", PACKAGES: "a==1 sha256:" + "0" * 64 + ", b==2 sha256:" + "1" * 64}
    made = image(
        MadeLayer(files={"a": b"1"}, command="RUN apt-get install"),
        MadeLayer(files={"b": b"2"}, annotations=own),
    )
    assert [(one.number, one.kind, one.title) for one in layer_sizes(made)] == [
        (1, "", "RUN apt-get install"),
        (2, "wheels", "a==1, b==2"),
    ]
    assert [one.moved for one in layer_sizes(made)] == [one.size for one in made.manifest.layers]


def test_conda_and_alpine_write_down_what_is_theirs() -> None:
    record = {"name": "numpy", "version": "2.1", "files": ["lib/numpy.so"]}
    apk = b"P:musl\nV:1.2.5-r0\nF:lib\nR:ld-musl.so.1\nF:usr/bin\nR:ldd\n\nP:zlib\nV:1.3\nF:lib\nR:libz.so\n"
    made = image(
        {
            "opt/conda/conda-meta/numpy-2.1-0.json": json.dumps(record).encode(),
            "opt/conda/conda-meta/broken.json": b"{",
            "opt/conda/lib/numpy.so": b"n" * 5,
            "lib/apk/db/installed": apk,
            "lib/ld-musl.so.1": b"m" * 6,
            "usr/bin/ldd": b"d" * 7,
            "lib/libz.so": b"z" * 8,
        }
    )
    found = by_owner(explain(made))
    assert (found["numpy 2.1"], found["musl 1.2.5-r0"], found["zlib 1.3"]) == (5, 13, 8)


def test_distroless_images_have_a_file_a_package() -> None:
    made = image(
        {
            "var/lib/dpkg/status.d/libssl3": b"Package: libssl3\nVersion: 3.0.15\n",
            "var/lib/dpkg/status.d/libssl3.md5sums": b"0" * 32 + b"  usr/lib/libssl.so.3\n",
            "usr/lib/libssl.so.3": b"s" * 9,
        }
    )
    assert by_owner(explain(made))["libssl3 3.0.15"] == 9


@pytest.mark.parametrize(
    ("path", "place"),
    [("motd", "/"), ("app/a/b.py", "/app"), ("usr/local/lib/x", "/usr/local"), ("usr/x", "/usr")],
)
def test_the_rest_is_told_by_where_it_is(path: str, place: str) -> None:
    (only,) = explain(image({path: b"1"})).shares
    assert only.owner == Owner(kind=OwnerKind.PLACE, name=place)


def test_hostile_databases_claim_nothing_outside() -> None:
    """A claim is a key that no file has: nothing is opened by it."""
    made = image(
        {
            f"{SITE}/evil-1.dist-info/RECORD": b'"../../../../../../../../etc/passwd",,\n\xff\xfe,,\n',
            "x": b"1",
        }
    )
    assert by_owner(explain(made))["/"] == 1


def test_nothing_is_an_image_too() -> None:
    sizes = explain(image())
    assert (sizes.moved, sizes.unpacked, sizes.owners, sizes.layers) == (0, 0, (), ())
