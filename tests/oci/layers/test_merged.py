"""Layers laid over each other: what a container would find, whatever the layers say."""

import gc
import tarfile
from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.oci.digests import digest_of
from samestack.oci.layers.merged import merged
from samestack.oci.layers.merged_file import FileKind, HiddenFile
from samestack.progress import Reporter
from tests.oci.small_images import (
    Member,
    directory,
    file,
    hard_link,
    member,
    opened,
    small_image,
    symlink,
    tar,
)


def found(place: Path, *layers: list[Member]) -> dict[str, str]:
    """Every path with its content, what a link says, or the kind of anything else."""
    image = opened(place, small_image(*(tar(*layer) for layer in layers)))
    with merged(image) as files:
        said = {}
        for path, one in files.files.items():
            if one.kind is FileKind.FILE:
                said[path] = files.open(path).read().decode()
            else:
                said[path] = f"-> {one.target}" if one.kind is FileKind.SYMLINK else str(one.kind)
        return said


def test_later_layers_win_and_directories_are_shared(tmp_path: Path) -> None:
    lower = [directory("etc"), file("etc/a", "1"), file("etc/b", "1")]
    upper = [directory("etc"), file("etc/b", "2"), file("usr/c", "2")]
    assert found(tmp_path, lower, upper) == {
        "etc": "directory",
        "etc/a": "1",
        "etc/b": "2",
        "usr": "directory",
        "usr/c": "2",
    }


def test_a_whiteout_removes_a_file_or_all_of_a_directory(tmp_path: Path) -> None:
    lower = [file("a/b/c", "1"), file("a/d", "1"), file("e", "1")]
    assert found(tmp_path, lower, [file("a/.wh.b"), file(".wh.e"), file(".wh.missing")]) == {
        "a": "directory",
        "a/d": "1",
    }


def test_an_opaque_directory_hides_what_is_below_and_nothing_else(tmp_path: Path) -> None:
    lower = [file("a/b/c", "1"), file("a/d", "1"), file("e", "1")]
    for upper in ([file("a/x", "2"), file("a/.wh..wh..opq")], [file("a/.wh..wh..opq"), file("a/x", "2")]):
        assert found(tmp_path, lower, upper) == {"a": "directory", "a/x": "2", "e": "1"}


def test_whiteouts_are_of_the_layers_below_alone(tmp_path: Path) -> None:
    assert found(tmp_path, [file("a", "1")], [file("a", "2"), file(".wh.a")]) == {"a": "2"}
    assert found(tmp_path, [file("a", "1")], [file("a/b", "2"), file(".wh.a")]) == {
        "a": "directory",
        "a/b": "2",
    }


def test_what_was_removed_can_come_back(tmp_path: Path) -> None:
    assert found(tmp_path, [file("a", "1")], [file(".wh.a")], [file("a", "3")]) == {"a": "3"}


def test_files_directories_and_links_take_each_others_place(tmp_path: Path) -> None:
    lower = [file("a/b", "1"), file("c", "1"), symlink("d", "c")]
    upper = [file("a", "2"), directory("c"), file("c/e", "2"), directory("d"), file("d/f", "2")]
    assert found(tmp_path, lower, upper) == {
        "a": "2",
        "c": "directory",
        "c/e": "2",
        "d": "directory",
        "d/f": "2",
    }


def test_of_two_in_one_layer_the_last_is_there(tmp_path: Path) -> None:
    assert found(tmp_path, [file("a", "1"), file("./a", "2"), file("/a", "3"), file("b//./a", "4")]) == {
        "a": "3",
        "b": "directory",
        "b/a": "4",
    }


def test_links_among_the_parents_lead_inside(tmp_path: Path) -> None:
    lower = [directory("usr/lib"), symlink("lib", "usr/lib"), symlink("etc", "/../../../usr/lib/../etc")]
    assert found(tmp_path, lower, [file("lib/a", "2"), file("etc/b", "2"), file("lib/.wh.c")]) == {
        "etc": "-> /../../../usr/lib/../etc",
        "lib": "-> usr/lib",
        "usr": "directory",
        "usr/etc": "directory",
        "usr/etc/b": "2",
        "usr/lib": "directory",
        "usr/lib/a": "2",
    }


def test_a_whiteout_removes_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    lower = [file("usr/lib/a", "1"), symlink("lib", "usr/lib"), symlink("out", "/etc")]
    assert found(tmp_path, lower, [file(".wh.lib"), file(".wh.out")]) == {
        "usr": "directory",
        "usr/lib": "directory",
        "usr/lib/a": "1",
    }


def test_hard_links_have_the_content_of_their_file(tmp_path: Path) -> None:
    image = opened(
        tmp_path,
        small_image(
            tar(file("a", "1", mode=0o4755), hard_link("b", "a")), tar(hard_link("c", "./b"), file(".wh.a"))
        ),
    )
    with merged(image) as files:
        assert {path: files.open(path).read() for path in files.files} == {"b": b"1", "c": b"1"}
        assert {one.mode for one in files.files.values()} == {0o4755}
        assert {one.target for one in files.files.values()} == {"a"}
        assert files.digest_of("b") == files.digest_of("c") == digest_of(b"1")


def test_a_hard_link_to_a_link_is_that_link(tmp_path: Path) -> None:
    assert found(tmp_path, [symlink("a", "x"), hard_link("b", "a")]) == {"a": "-> x", "b": "-> x"}


def test_devices_and_pipes_are_kept_and_never_opened(tmp_path: Path) -> None:
    nodes = [member("a", tarfile.CHRTYPE), member("b", tarfile.BLKTYPE), member("c", tarfile.FIFOTYPE)]
    image = opened(tmp_path, small_image(tar(*nodes)))
    with merged(image) as files:
        assert [one.kind for one in files.files.values()] == ["character-device", "block-device", "fifo"]
        for path in ("a", "b", "c", "missing"):
            with pytest.raises(FileNotFoundError):
                files.open(path)


def test_what_layers_hold_in_vain(tmp_path: Path) -> None:
    lower = [file("a", "12"), file("b/c", "345"), file("d", "6")]
    image = opened(tmp_path, small_image(tar(*lower), tar(file("a", "7"), file(".wh.b"))))
    with merged(image) as files:
        assert set(files.hidden) == {
            HiddenFile(path="a", size=2, layer=0, hidden_by=1),
            HiddenFile(path="b/c", size=3, layer=0, hidden_by=1),
        }
        assert {path: one.layer for path, one in files.files.items()} == {"a": 1, "d": 0}


def test_metadata_of_aufs_is_passed_over(tmp_path: Path) -> None:
    assert (
        found(tmp_path, [file(".wh..wh.aufs"), directory(".wh..wh.plnk"), file(".wh..wh.plnk/1.2", "x")])
        == {}
    )


def test_who_owns_what_and_may_do_what(tmp_path: Path) -> None:
    root = directory("./", mode=0o700)
    image = opened(tmp_path, small_image(tar(root, file("a", "", uid=5, gid=7, mode=0o2711))))
    with merged(image) as files:
        one = files.files["a"]
        assert (one.user, one.group, one.mode, one.size) == (5, 7, 0o2711, 0)
        assert list(files.files) == ["a"]


def test_the_oldest_format_has_directories_by_their_names(tmp_path: Path) -> None:
    assert found(tmp_path, [member("a/", tarfile.AREGTYPE), file("a/b", "1")]) == {
        "a": "directory",
        "a/b": "1",
    }


HOSTILE: dict[str, list[Member]] = {
    "a path that leads out": [file("../../etc/passwd", "x")],
    "a path that leads out from within": [file("a/../../b", "x")],
    "a whiteout of the directory it stands in": [file("a/.wh..")],
    "a whiteout of the parent": [file("a/.wh...")],
    "a whiteout of nothing": [file("a/.wh.")],
    "a file below a whiteout": [file(".wh.a/b", "x")],
    "a hard link that leads out": [hard_link("a", "../../etc/passwd")],
    "a hard link to what is missing": [hard_link("a", "/etc/shadow")],
    "a hard link to itself": [file("a"), hard_link("a", "a")],
    "a hard link to a directory": [directory("a"), hard_link("b", "a")],
    "a hard link in place of the root": [file("a"), hard_link(".", "a")],
    "a file in place of the root": [file(".", "x")],
    "a link in place of the root": [symlink("/", "/etc")],
    "a file below a file": [file("a", "x"), file("a/b", "x")],
    "a file below a device": [member("a", tarfile.CHRTYPE), file("a/b", "x")],
    "links in a circle": [symlink("a", "b"), symlink("b", "a"), file("a/c", "x")],
    "a link to nothing at all": [symlink("a", "")],
    "a link that is too long": [symlink("a", "x/" * 3000)],
    "a path that is too long": [file("x/" * 3000 + "a", "x")],
    "a name that is too long": [file("x" * 300, "x")],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_layers_are_refused_with_the_place(tmp_path: Path, name: str) -> None:
    image = opened(tmp_path, small_image(tar(file("fine")), tar(*HOSTILE[name])))
    with pytest.raises(InputError, match="layer 2: '"), merged(image):
        pytest.fail("it was read")


def test_links_out_are_kept_as_what_they_say(tmp_path: Path) -> None:
    assert found(tmp_path, [symlink("a", "../../../etc/passwd"), symlink("b", "/etc/shadow")]) == {
        "a": "-> ../../../etc/passwd",
        "b": "-> /etc/shadow",
    }


def test_every_layer_is_reported(tmp_path: Path) -> None:
    class Heard(Reporter):
        said: list[object]

        def started(self, work: str, total: int | None = None) -> None:  # noqa: ARG002
            self.said = [total]

        def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
            self.said.append(steps)

        def finished(self) -> None:
            self.said.append("finished")

    heard = Heard()
    with merged(opened(tmp_path, small_image(tar(), tar(file("a")))), heard):
        assert heard.said == [2, 1, 1, "finished"]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with merged(opened(tmp_path / "layout", small_image(tar(file("a", "1"))))) as files:
        assert not list((tmp_path / "temporary").iterdir())
        assert files.open("a").read() == b"1"
    del files
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
