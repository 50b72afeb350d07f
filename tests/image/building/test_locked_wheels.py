"""Which wheel of a lock an image gets."""

from pathlib import Path

import pytest
from packaging.tags import Tag

from samestack.errors import InputError, RequestError
from samestack.image.building.locked_wheels import locked_wheels
from samestack.image.building.target import Target, python_series, wheel_tags
from samestack.lock.reading import read_lock
from samestack.oci.platform import AMD64, ARM64, Platform

HASH = "ab" * 32
WHEEL = "a-1.0-py3-none-any.whl"
HEAD = 'lock-version = "1.0"\ncreated-by = "test"\nrequires-python = "==3.11.*"\n'


def lock_of(directory: Path, *packages: str, head: str = HEAD) -> Path:
    path = directory / "pylock.toml"
    path.write_text("\n".join((head, *packages)))
    return path


def package(name: str, *files: str, more: str = "") -> str:
    wheels = ", ".join(f'{{ path = "{one}", size = 7, hashes = {{ sha256 = "{HASH}" }} }}' for one in files)
    return f'[[packages]]\nname = "{name}"\nversion = "1.0"\n{more}\nwheels = [{wheels}]\n'


def target(platform: Platform = AMD64, glibc: tuple[int, int] = (2, 28)) -> Target:
    return Target(platform=platform, python="3.11", glibc=glibc)


def chosen(path: Path, wanted: Target) -> list[str]:
    return [one.file for one in locked_wheels(read_lock(path), wanted)]


def test_the_newest_platform_that_the_base_has(tmp_path: Path) -> None:
    files = [f"a-1.0-cp311-cp311-manylinux_2_{minor}_x86_64.whl" for minor in (17, 28, 34)]
    path = lock_of(tmp_path, package("a", *files))
    assert chosen(path, target()) == [files[1]]
    assert chosen(path, target(glibc=(2, 36))) == [files[2]]
    assert chosen(path, target(glibc=(2, 17))) == [files[0]]


def test_each_platform_has_its_own(tmp_path: Path) -> None:
    files = [f"a-1.0-cp311-cp311-manylinux_2_17_{machine}.whl" for machine in ("aarch64", "x86_64")]
    path = lock_of(tmp_path, package("a", *files))
    assert chosen(path, target(ARM64)) == [files[0]]
    assert chosen(path, target(AMD64)) == [files[1]]


def test_a_wheel_of_this_series_goes_before_one_for_all(tmp_path: Path) -> None:
    files = ["a-1.0-py3-none-any.whl", "a-1.0-cp311-cp311-manylinux_2_17_x86_64.whl"]
    assert chosen(lock_of(tmp_path, package("a", *files)), target()) == [files[1]]


def test_markers_are_those_of_the_platform(tmp_path: Path) -> None:
    only = "marker = \"platform_machine == 'aarch64'\""
    path = lock_of(tmp_path, package("a", "a-1.0-py3-none-any.whl", more=only))
    assert chosen(path, target(AMD64)) == []
    assert chosen(path, target(ARM64)) == ["a-1.0-py3-none-any.whl"]


def test_a_wheel_beside_the_lock_is_found(tmp_path: Path) -> None:
    (tmp_path / "a-1.0-py3-none-any.whl").write_bytes(b"wheel")
    path = lock_of(tmp_path, package("a", "a-1.0-py3-none-any.whl"))
    (found,) = locked_wheels(read_lock(path), target())
    assert Path(found.path) == tmp_path / "a-1.0-py3-none-any.whl"
    assert (found.size, found.label) == (7, f"a==1.0 sha256:{HASH}")


def test_a_source_distribution_is_refused_with_a_remedy(tmp_path: Path) -> None:
    sdist = f'sdist = {{ path = "a-1.0.tar.gz", hashes = {{ sha256 = "{HASH}" }} }}'
    path = lock_of(tmp_path, package("a", more=sdist).replace("wheels = []\n", ""))
    with pytest.raises(RequestError, match=r"a 1\.0 has no wheel") as caught:
        locked_wheels(read_lock(path), target())
    assert "build its wheel once" in str(caught.value.hint)


def test_no_wheel_for_the_platform(tmp_path: Path) -> None:
    path = lock_of(tmp_path, package("a", "a-1.0-cp311-cp311-win_amd64.whl"))
    with pytest.raises(RequestError, match=r"pylock\.toml: No wheel found") as caught:
        locked_wheels(read_lock(path), target())
    assert "linux-64 and Python 3.11" in str(caught.value.hint)


def test_a_directory_of_this_machine_is_left_out(tmp_path: Path) -> None:
    own = '[[packages]]\nname = "own"\ndirectory = { path = "." }\n'
    assert chosen(lock_of(tmp_path, own), target()) == []


def test_a_wheel_without_sha256_is_refused(tmp_path: Path) -> None:
    path = lock_of(tmp_path, package("a", "a-1.0-py3-none-any.whl").replace("sha256", "md5"))
    with pytest.raises(InputError, match="no SHA-256"):
        locked_wheels(read_lock(path), target())


def test_requirements_with_hashes_do_not_name_files(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"a==1.0 --hash=sha256:{HASH}\n")
    with pytest.raises(RequestError, match="hashes of files and not their names"):
        locked_wheels(read_lock(path), target())


@pytest.mark.parametrize(
    ("head", "series"),
    [(HEAD, "3.11"), (HEAD.replace("==3.11.*", "==3.12.4"), "3.12")],
)
def test_the_series_that_a_lock_tells(tmp_path: Path, head: str, series: str) -> None:
    assert python_series(read_lock(lock_of(tmp_path, package("a", WHEEL), head=head))) == series


def test_a_lock_for_several_pythons(tmp_path: Path) -> None:
    path = lock_of(tmp_path, package("a", WHEEL), head=HEAD.replace("==3.11.*", ">=3.9"))
    with pytest.raises(RequestError, match="which series of Python"):
        python_series(read_lock(path))


def test_tags_are_the_order_of_installers() -> None:
    tags = list(wheel_tags(target()))
    assert tags[0] == Tag("cp311", "cp311", "manylinux_2_28_x86_64")
    assert tags.index(Tag("cp311", "abi3", "linux_x86_64")) < tags.index(Tag("cp310", "abi3", "linux_x86_64"))
    assert tags.index(Tag("cp310", "abi3", "linux_x86_64")) < tags.index(Tag("py3", "none", "any"))
    assert Tag("cp311", "cp311", "manylinux1_x86_64") in tags
    assert Tag("cp311", "cp311", "manylinux_2_29_x86_64") not in tags


def test_no_wheel_is_for_another_processor() -> None:
    with pytest.raises(RequestError, match="linux/s390x"):
        wheel_tags(target(Platform(os="linux", architecture="s390x")))
