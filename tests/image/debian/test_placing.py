from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.image.debian.placing import placed, real_path
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import EntryKind, LayerEntry


def file(path: str, data: bytes = b"") -> LayerEntry:
    return LayerEntry(path=path, content=BytesContent(data))


def other(path: str, kind: EntryKind, target: str = "") -> LayerEntry:
    return LayerEntry(path=path, kind=kind, target=target)


def paths(*entries: LayerEntry) -> list[str]:
    return [one.path for one in placed(entries, where="a=1")]


@pytest.mark.parametrize(
    ("path", "real"),
    [
        ("bin/sh", "usr/bin/sh"),
        ("lib64/ld-linux-x86-64.so.2", "usr/lib64/ld-linux-x86-64.so.2"),
        ("library/x", "library/x"),
        ("usr/bin/sh", "usr/bin/sh"),
        ("var/run/x", "run/x"),
        ("var/lock", "run/lock"),
        ("var/runner", "var/runner"),
    ],
)
def test_paths_lead_where_the_links_of_a_base_lead(path: str, real: str) -> None:
    assert real_path(path) == real


def test_licences_stay_of_what_is_for_people() -> None:
    kept = ["usr/share/doc/a/copyright", "usr/share/locale/locale.alias", "usr/share/mandelbrot/x"]
    left = [
        "usr/share/doc/a/changelog.gz",
        "usr/share/man/man1/a.1.gz",
        "usr/share/locale/de/LC_MESSAGES/a.mo",
    ]
    assert paths(*map(file, (*kept, *left))) == kept


def test_a_link_to_the_documentation_of_another_package_stays() -> None:
    links = [
        other("usr/share/doc/a", EntryKind.SYMLINK, "b"),
        other("usr/share/doc/b/README", EntryKind.SYMLINK, "x"),
    ]
    assert paths(*links) == ["usr/share/doc/a"]


def test_a_directory_under_both_its_names_is_one() -> None:
    assert paths(other("bin", EntryKind.DIRECTORY), other("usr/bin", EntryKind.DIRECTORY)) == ["usr/bin"]


def test_the_links_of_the_base_are_not_the_packages() -> None:
    assert paths(other("bin", EntryKind.SYMLINK, "usr/bin")) == []


def test_two_files_at_one_place_are_refused() -> None:
    with pytest.raises(InputError, match=r"a=1: it has two things at /usr/bin/a"):
        placed([file("bin/a"), file("usr/bin/a")], where="a=1")


def test_a_hard_link_follows_its_file_or_becomes_it() -> None:
    moved, linked = placed([file("bin/a"), other("bin/b", EntryKind.HARDLINK, "bin/a")], where="a=1")
    assert (linked.path, linked.target) == ("usr/bin/b", moved.path)
    dropped = file("usr/share/man/man1/a.1", b"text")
    (alone,) = placed([dropped, other("usr/lib/a.1", EntryKind.HARDLINK, dropped.path)], where="a=1")
    assert (alone.kind, alone.content) == (EntryKind.FILE, BytesContent(b"text"))


def test_a_hard_link_to_nothing_of_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"another name of what is no file of it"):
        placed([other("usr/a", EntryKind.HARDLINK, "etc/passwd")], where="a=1")
