from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.debian.mirror import Place, keyring_of, machine_mirror

BASE = "https://registry.example.com"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "etc/apt/sources.list.d").mkdir(parents=True)
    (tmp_path / "etc/apt/sources.list").write_text(
        f"deb {BASE}/debian/ bookworm main\ndeb {BASE}/security bookworm-security main\n"
        f"deb {BASE}/other bookworm stable\ndeb cdrom:[a]/ bookworm main\n"
    )
    return tmp_path


def addresses(root: Path, suite: str, **environment: str) -> list[str]:
    return [one.address for one in machine_mirror(environment, root=root).places(suite)]


def test_each_suite_is_asked_for_where_apt_has_its_like(root: Path) -> None:
    assert addresses(root, "bookworm") == [f"{BASE}/debian"]
    assert addresses(root, "trixie") == [f"{BASE}/debian"]
    assert addresses(root, "trixie-security") == [f"{BASE}/security"]
    assert addresses(root, "trixie-updates") == []


def test_the_source_of_the_suite_itself_comes_first(root: Path) -> None:
    (root / "etc/apt/sources.list.d/a.sources").write_text(
        f"Types: deb\nURIs: {BASE}/new\nSuites: trixie\nComponents: main\n"
    )
    assert addresses(root, "trixie") == [f"{BASE}/new", f"{BASE}/debian"]
    assert addresses(root, "bookworm") == [f"{BASE}/debian", f"{BASE}/new"]


def test_a_list_of_mirrors_is_read(root: Path) -> None:
    (root / "etc/apt/mirrors").mkdir()
    (root / "etc/apt/mirrors/debian.list").write_text(f"# best first\n{BASE}/near priority:1\n{BASE}/far\n")
    (root / "etc/apt/sources.list").write_text("deb mirror+file:///etc/apt/mirrors/debian.list sid main\n")
    assert addresses(root, "sid") == [f"{BASE}/near", f"{BASE}/far"]


def test_what_the_user_names_is_all_there_is(root: Path) -> None:
    named = {"SAMESTACK_DEBIAN_MIRROR": f"{BASE}/a/ {BASE}/b", "SAMESTACK_DEBIAN_KEYRING": "/keys/k.gpg"}
    places = machine_mirror(named, root=root).places("bookworm-security")
    assert places == tuple(Place(address=f"{BASE}/{one}", keyring="/keys/k.gpg") for one in "ab")


def test_a_machine_without_apt_is_told_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as caught:
        machine_mirror({}, root=tmp_path)
    assert "SAMESTACK_DEBIAN_MIRROR" in str(caught.value.hint)


def test_the_keys_are_the_sources_own_or_those_of_debians_package(tmp_path: Path) -> None:
    assert keyring_of(Place(address=BASE), root=tmp_path) is None
    keys = tmp_path / "usr/share/keyrings/debian-archive-keyring.gpg"
    keys.parent.mkdir(parents=True)
    keys.touch()
    assert keyring_of(Place(address=BASE), root=tmp_path) == keys
    assert keyring_of(Place(address=BASE, keyring="/k.gpg"), root=tmp_path) == tmp_path / "k.gpg"
