"""A base from a small mirror: decided, locked, made; the same each time."""

import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.image.debian.base import Decided, base_layers, debian_base, decide
from samestack.image.debian.locked import LockedDebian
from samestack.image.layers.entry import EntryKind, LayerEntry
from samestack.image.layers.writing import write_layer
from tests.image.debian.package_maker import MadeMirror, deb, fields, file, tree
from tests.image.debian.small_debian import small_debian


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is executed, and nobody can check signatures: these mirrors have none."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


@pytest.fixture
def mirror(tmp_path: Path) -> MadeMirror:
    return small_debian(tmp_path / "mirror")


def environment(mirror: MadeMirror) -> dict[str, str]:
    return {
        "SAMESTACK_DEBIAN_MIRROR": mirror.address,
        "SAMESTACK_CACHE": str(mirror.directory.parent / "cache"),
    }


def decided(mirror: MadeMirror, *requested: str) -> Decided:
    mirror.publish()
    return decide("bookworm", requested, ["amd64"], environment=environment(mirror))


def contents(mirror: MadeMirror, locked: LockedDebian) -> dict[str, LayerEntry]:
    """The base as a container sees it."""
    with debian_base(locked, "amd64", environment=environment(mirror)) as base:
        return {one.path: one for layer in base_layers(locked.of("amd64")) for one in base.entries(layer)}


def text(mirror: MadeMirror, locked: LockedDebian, path: str) -> str:
    with debian_base(locked, "amd64", environment=environment(mirror)) as base:
        layers = base_layers(locked.of("amd64"))
        found = {one.path: one for layer in layers for one in base.entries(layer)}[path]
        assert found.content is not None
        with found.content.open() as content:
            return content.read().decode()


def digests(mirror: MadeMirror, locked: LockedDebian) -> list[str]:
    with debian_base(locked, "amd64", environment=environment(mirror)) as base:
        layers = base_layers(locked.of("amd64"))
        return [write_layer(base.entries(one), io.BytesIO(), moment=1).digest for one in layers]


def test_the_essential_packages_and_what_they_need_are_taken(mirror: MadeMirror) -> None:
    packages = decided(mirror).locked.of("amd64")
    assert [one.name for one in packages] == ["base-files", "base-passwd", "dash", "debianutils", "mawk"]


def test_links_of_the_base_lead_into_usr(mirror: MadeMirror) -> None:
    found = contents(mirror, decided(mirror).locked)
    assert (found["bin"].kind, found["bin"].target) == (EntryKind.SYMLINK, "usr/bin")
    assert (found["var/run"].kind, found["var/run"].target) == (EntryKind.SYMLINK, "/run")
    assert {"usr/bin/dash", "usr/bin/x", "run"} <= found.keys()
    assert not any(path.startswith("bin/") for path in found)


def test_the_loader_of_a_processor_is_linked_only_where_a_package_has_it(mirror: MadeMirror) -> None:
    assert "lib64" not in contents(mirror, decided(mirror).locked)
    about = fields("libc6", Essential="yes")
    mirror.add(about, deb(about, tree({"lib64/ld-linux-x86-64.so.2": "loader"})))
    assert contents(mirror, decided(mirror).locked)["lib64"].target == "usr/lib64"


def test_directories_keep_what_their_package_gives_them_in_every_layer(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    with debian_base(locked, "amd64", environment=environment(mirror)) as base:
        found = [one for layer in base_layers(locked.of("amd64")) for one in base.entries(layer)]
    assert {one.mode for one in found if one.path == "root"} == {0o700}
    assert {one.mode for one in found if one.path == "tmp"} == {0o1777}


def test_dpkg_knows_every_package(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    status = text(mirror, locked, "var/lib/dpkg/status")
    assert status.count("Status: install ok installed\n") == len(locked.of("amd64"))
    assert f"Conffiles:\n /etc/debian_version {_md5('12')}\n" in status
    assert text(mirror, locked, "var/lib/dpkg/info/dash.list").splitlines()[:2] == ["/.", "/bin"]


def test_names_and_shells_are_set_up_as_the_scripts_would(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    found = contents(mirror, locked)
    assert found["usr/bin/awk"].target == "/etc/alternatives/awk"
    assert found["etc/alternatives/awk"].target == "/usr/bin/mawk"
    assert found["usr/bin/nawk"].target == "/etc/alternatives/nawk"
    assert "etc/alternatives/awk.1.gz" not in found  # its manual is left out
    assert text(mirror, locked, "etc/shells") == "# shells\n/bin/sh\n/bin/dash\n"
    assert text(mirror, locked, "etc/passwd").startswith("root:*:0:0:")


def test_the_same_lock_is_the_same_layers_anywhere_and_any_time(
    mirror: MadeMirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = decided(mirror).locked
    first = digests(mirror, locked)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    before = os.umask(0o077)
    try:
        assert digests(mirror, locked) == first
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()


def test_a_newer_version_in_the_suite_of_updates_is_taken_and_changes_little(mirror: MadeMirror) -> None:
    before = base_layers(decided(mirror).locked.of("amd64"))
    about = fields("mawk", "1.0+deb12u1", Provides="awk", Priority="required")
    mirror.add(about, deb(about, tree({"usr/bin/mawk": "mended"})), "bookworm-security")
    after = base_layers(decided(mirror).locked.of("amd64"))
    (mawk,) = (one for one in after[-1].packages if one.name == "mawk")
    assert (mawk.version, mawk.suite) == ("1.0+deb12u1", "bookworm-security")
    assert len({one.key for one in after} - {one.key for one in before}) == 2


def test_an_altered_package_is_refused_and_not_kept(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    path = mirror.directory / "pool/dash_1.0.deb"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!")
    with pytest.raises(InputError, match=r"SHA-256"):
        contents(mirror, locked)
    path.write_bytes(whole)
    assert "usr/bin/dash" in contents(mirror, locked)


def test_a_package_that_was_altered_in_the_cache_is_fetched_again(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    before = digests(mirror, locked)
    for kept in (mirror.directory.parent / "cache/debian").iterdir():
        kept.write_bytes(b"x" * kept.stat().st_size)
    assert digests(mirror, locked) == before


def test_a_file_that_leads_out_of_the_mirror_is_refused(mirror: MadeMirror) -> None:
    about = fields("second")
    mirror.add({**about, "Filename": "../../secret.deb"}, deb(about))
    with pytest.raises(InputError, match=r"second: the file of second is no file of an archive"):
        decided(mirror, "second")


def test_an_altered_index_is_refused(mirror: MadeMirror) -> None:
    mirror.publish()
    path = mirror.directory / "dists/bookworm/main/binary-amd64/Packages.xz"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(InputError, match=r"SHA-256"):
        decide("bookworm", [], ["amd64"], environment=environment(mirror))


def test_a_package_that_the_mirror_dropped_has_a_remedy(mirror: MadeMirror) -> None:
    locked = decided(mirror).locked
    (mirror.directory / "pool/dash_1.0.deb").unlink()
    with pytest.raises(OutsideError, match=r"no mirror has dash=1\.0 any more") as caught:
        contents(mirror, locked)
    assert "lock again" in str(caught.value.hint)


def test_what_could_not_be_checked_or_is_not_there_is_said(mirror: MadeMirror) -> None:
    remarks = "\n".join(decided(mirror).remarks)
    assert "signature" in remarks
    assert "gpgv is not installed" in remarks
    assert "bookworm-security: its updates are left out" in remarks


def test_an_index_that_is_out_of_date_is_said(mirror: MadeMirror) -> None:
    mirror.publish(**{"Valid-Until": "Sat, 01 Jan 2022 00:00:00 UTC"})
    remarks = decide("bookworm", [], ["amd64"], environment=environment(mirror)).remarks
    assert any("out of date since 2022-01-01" in one for one in remarks)


def test_another_suite_in_the_place_of_the_wanted_one_is_refused(mirror: MadeMirror) -> None:
    mirror.publish(Codename="buster")
    with pytest.raises(InputError, match=r"it is the suite buster and not bookworm"):
        decide("bookworm", [], ["amd64"], environment=environment(mirror))


def test_a_mirror_of_somebody_else_is_none(mirror: MadeMirror) -> None:
    mirror.publish(origin="Somebody")
    with pytest.raises(RequestError, match=r"no mirror here has Debian's suite 'bookworm'"):
        decide("bookworm", [], ["amd64"], environment=environment(mirror))


def test_an_architecture_that_the_mirror_lacks_is_said(mirror: MadeMirror) -> None:
    mirror.publish()
    with pytest.raises(RequestError, match=r"has no packages for riscv64"):
        decide("bookworm", [], ["riscv64"], environment=environment(mirror))


def test_two_packages_with_one_file_are_refused(mirror: MadeMirror) -> None:
    about = fields("second")
    mirror.add(about, deb(about, tree({"usr/bin/dash": "another"})))
    with pytest.raises(InputError, match=r"/usr/bin/dash: dash and second both bring it"):
        contents(mirror, decided(mirror, "second").locked)


def test_a_file_below_a_link_of_another_package_is_refused(mirror: MadeMirror) -> None:
    about = fields("second")
    mirror.add(about, deb(about, [(file("./usr/bin/sh/x"), b"lands elsewhere")]))
    with pytest.raises(InputError, match=r"second brings it below what dash has as no directory"):
        contents(mirror, decided(mirror, "second").locked)


def test_scripts_that_nothing_stands_for_are_said(mirror: MadeMirror) -> None:
    about = fields("daemon")
    mirror.add(about, deb(about, tree({"usr/sbin/d": "d"}), {"postinst": "#!/bin/sh\nset -e\nadduser d\n"}))
    locked = decided(mirror, "daemon").locked
    with debian_base(locked, "amd64", environment=environment(mirror)) as base:
        remarks = base.remarks(base_layers(locked.of("amd64"))[-1])
    assert remarks == ("daemon has a script of its own, which is not run",)


def _md5(content: str) -> str:
    return hashlib.md5(f"{content}\n".encode(), usedforsecurity=False).hexdigest()
