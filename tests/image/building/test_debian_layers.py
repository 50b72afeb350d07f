"""Images on a base of Debian packages, from a small mirror: decided once, locked, and held to it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from samestack.errors import RequestError
from samestack.image.building.base_lock import with_base, with_locked_base
from samestack.image.building.building import build
from samestack.image.building.debian_layers import locked_debian
from samestack.image.building.outputs import output_of
from samestack.image.building.request import BuildRequest, Built
from samestack.image.debian.locked import LockedDebian
from samestack.lock.reading import read_lock
from samestack.progress import SILENT
from tests.image.building.test_build import example, image_at, request
from tests.image.debian.package_maker import MadeMirror, deb, fields, tree
from tests.image.debian.small_debian import small_debian


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is executed, and nobody can check signatures: this mirror has none."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


@pytest.fixture
def mirror(tmp_path: Path) -> MadeMirror:
    made = small_debian(tmp_path / "mirror")
    for name, version, needs in (
        ("libc6", "2.36-9+deb12u10", ""),
        ("libstdc++6", "12.2.0-14", "libc6"),
        ("python3", "3.11.2-1+b1", "python3.11-minimal"),
        ("python3.11-minimal", "3.11.2-6+deb12u6", "libc6"),
    ):
        about = fields(name, version, **({"Depends": needs} if needs else {}))
        made.add(about, deb(about, tree({f"usr/lib/{name}/file": name})))
    made.publish()
    return made


def asked(tmp_path: Path, mirror: MadeMirror, **settings: str) -> BuildRequest:
    found = request(example(tmp_path), tmp_path / "cache", **{"base": "debian:bookworm", **settings})
    return replace(found, environment={**found.environment, "SAMESTACK_DEBIAN_MIRROR": mirror.address})


def built(wanted: BuildRequest, place: Path) -> Built:
    return build(wanted, output_of(f"oci:{place}"), SILENT)


def test_python_and_glibc_are_those_of_the_packages(tmp_path: Path, mirror: MadeMirror) -> None:
    found = built(asked(tmp_path, mirror), tmp_path / "layout")
    image = image_at(tmp_path / "layout")
    assert image.manifest.annotations["dev.samestack.base.python"] == "/usr/bin/python3.11 3.11.2"
    assert image.manifest.annotations["dev.samestack.base.glibc"] == "2.36"
    assert found.images[0].layers[0].kind == "base"
    assert [one for one in found.remarks if "does not lock the packages of debian:bookworm" in one]


def test_what_is_locked_stays_whatever_the_mirror_has(tmp_path: Path, mirror: MadeMirror) -> None:
    wanted, _ = with_locked_base(asked(tmp_path, mirror), SILENT)
    first = built(wanted, tmp_path / "layout")
    assert not [one for one in first.remarks if "does not lock" in one]
    about = fields("libc6", "2.36-10")
    mirror.add(about, deb(about, tree({"usr/lib/libc6/file": "new"})))
    mirror.publish()
    assert built(wanted, tmp_path / "other").descriptor == first.descriptor
    anew, _ = with_locked_base(wanted, SILENT)
    assert built(anew, tmp_path / "third").descriptor != first.descriptor


def test_the_lock_is_still_the_same_lock(tmp_path: Path, mirror: MadeMirror) -> None:
    before = asked(tmp_path, mirror)
    wanted, _ = with_locked_base(before, SILENT)
    assert wanted.lock.snapshot.stack.digest == before.lock.snapshot.stack.digest
    text = wanted.lock.path.read_text()
    found = locked_debian(wanted.lock)
    assert found is not None
    assert with_base(text, found) == text
    other = LockedDebian(suite="trixie")
    wanted.lock.path.write_text(with_base(text, other))
    assert locked_debian(read_lock(wanted.lock.path)) == other


def test_a_lock_of_less_than_is_asked_for(tmp_path: Path, mirror: MadeMirror) -> None:
    wanted, _ = with_locked_base(asked(tmp_path, mirror), SILENT)
    manifest = replace(wanted.project.manifest, system_packages=("original-awk",))
    more = replace(wanted, project=replace(wanted.project, manifest=manifest))
    with pytest.raises(RequestError, match="decided without original-awk") as caught:
        built(more, tmp_path / "layout")
    assert "--lock-base" in str(caught.value.hint)


def test_a_suite_with_another_python(tmp_path: Path, mirror: MadeMirror) -> None:
    with pytest.raises(RequestError, match=r"debian:bookworm has no Python 3\.12"):
        built(replace(asked(tmp_path, mirror), python="3.12"), tmp_path / "layout")


def test_only_a_suite_of_debian_is_locked(tmp_path: Path, mirror: MadeMirror) -> None:
    with pytest.raises(RequestError, match="'scratch' is not made of Debian packages"):
        with_locked_base(asked(tmp_path, mirror, base="scratch"), SILENT)
