import hashlib
from collections.abc import Mapping

from samestack.image.debian.archives.unpacking import Unpacked
from samestack.image.debian.database import instance, package_entries, whole_entries
from samestack.image.debian.locked import LockedPackage
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import LayerEntry
from tests.image.debian.package_maker import described, fields


def package(control: Mapping[str, str] = {}, *paths: str, **more: str) -> Unpacked:
    locked = LockedPackage(
        name="a1", version="1.0", architecture="amd64", file="a.deb", size=0, sha256="0" * 64
    )
    texts = {"control": described(fields("a1", **more)), **control}
    entries = tuple(LayerEntry(path=path, content=BytesContent(path.encode())) for path in paths)
    return Unpacked(package=locked, control={k: v.encode() for k, v in texts.items()}, entries=entries)


def texts(entries: object) -> dict[str, str]:
    found = {}
    for entry in entries:  # type: ignore[attr-defined]
        if isinstance(entry.content, BytesContent):
            found[entry.path.removeprefix("var/lib/dpkg/")] = entry.content.data.decode()
    return found


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def test_its_files_are_listed_without_those_that_are_left_out() -> None:
    found = texts(package_entries(package({}, "bin/a", "usr/share/man/man1/a.1.gz")))
    assert found["info/a1.list"] == "/.\n/bin/a\n"
    assert found["info/a1.md5sums"] == f"{md5('bin/a')}  bin/a\n"


def test_checksums_that_a_package_brings_are_its_own() -> None:
    brought = f"{'0' * 32}  bin/a\n{'1' * 32}  usr/share/doc/a/README\n"
    found = texts(package_entries(package({"md5sums": brought}, "bin/a", "usr/share/doc/a/README", "bin/b")))
    assert found["info/a1.md5sums"] == f"{'0' * 32}  bin/a\n"


def test_scripts_can_be_executed_and_the_rest_cannot() -> None:
    unpacked = package({"postinst": "#!/bin/sh\n", "triggers": "# none\n", "conffiles": "/etc/a\n"})
    modes = {one.path.rpartition(".")[2]: one.mode for one in package_entries(unpacked)}
    assert modes == {
        "list": 0o644,
        "md5sums": 0o644,
        "postinst": 0o755,
        "triggers": 0o644,
        "conffiles": 0o644,
    }


def test_packages_of_which_two_architectures_can_be_there_are_named_with_theirs() -> None:
    assert instance(package()) == "a1"
    assert instance(package({}, Multi_Arch="foreign")) == "a1"
    assert instance(package({}, Multi_Arch="same")) == "a1:amd64"


def test_a_status_is_the_description_with_what_dpkg_adds() -> None:
    unpacked = package({"conffiles": "/etc/a\nremove-on-upgrade /etc/b\n"}, "etc/a")
    assert texts(whole_entries([unpacked]))["status"] == (
        "Package: a1\nStatus: install ok installed\nVersion: 1.0\nArchitecture: amd64\n"
        f"Maintainer: A <a@example.com>\nConffiles:\n /etc/a {md5('etc/a')}\n\n"
    )


def test_triggers_are_noted_for_packages_that_come_later() -> None:
    stated = "# a comment\ninterest-noawait /usr/share/x\ninterest ldconfig\nactivate-noawait other\n"
    found = texts(whole_entries([package({"triggers": stated}, Multi_Arch="same")]))
    assert found["triggers/File"] == "/usr/share/x a1:amd64/noawait\n"
    assert found["triggers/ldconfig"] == "a1:amd64\n"
    assert "triggers/other" not in found
