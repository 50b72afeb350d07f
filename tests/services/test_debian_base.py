"""A base of real Debian packages: it runs, dpkg is content with it, and it is the same twice."""

import os
import platform
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec import Struct

from samestack.capture.cache import cache_directory
from samestack.capture.elf import Elf
from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.errors import OutsideError, RequestError
from samestack.image.debian.base import base_layers, debian_base, decide
from samestack.image.debian.fetching import Fetching
from samestack.image.debian.locked import LockedDebian
from samestack.image.debian.mirror import machine_mirror
from samestack.image.layers.writing import write_layer
from samestack.model import Ecosystem, Kind, Reference
from samestack.process import Finished, run
from tests.services.requirement import require_program, unavailable

pytestmark = [pytest.mark.service, pytest.mark.registry]

SUITE = "bookworm"
PACKAGES = ("ca-certificates", "libgl1", "python3")
MOMENT = 1_700_000_000


class Built(Struct, frozen=True, kw_only=True):
    """A base that stands in a directory."""

    locked: LockedDebian
    root: Path
    digests: list[str]

    def run(self, *words: str) -> Finished:
        return run([require_program("chroot"), self.root, *words], check=False, timeout=60)


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """The variables, with a cache that outlives the tests: what is in it is checked by its hash."""
    variables = {name: value for name, value in os.environ.items() if name != "SAMESTACK_CACHE"}
    return {**variables, "SAMESTACK_CACHE": cache_directory(variables, "test-debian") or ""}


@pytest.fixture(scope="module")
def locked(environment: dict[str, str]) -> LockedDebian:
    return decided(PACKAGES, ["amd64"], environment)


@pytest.fixture(scope="module")
def small(environment: dict[str, str]) -> LockedDebian:
    """A base for two architectures, with a package more than the other."""
    return decided(["hello"], ["amd64", "arm64"], environment)


def decided(packages: Sequence[str], architectures: list[str], environment: dict[str, str]) -> LockedDebian:
    try:
        return decide(SUITE, packages, architectures, environment=environment).locked
    except (OutsideError, RequestError) as error:
        unavailable(f"Debian's packages cannot be had: {error.message}")


def layers(
    locked: LockedDebian, architecture: str, environment: dict[str, str], root: Path | None
) -> list[str]:
    """The digests of all layers, which are unpacked one above the other where a root is wanted."""
    digests = []
    with debian_base(locked, architecture, environment=environment) as base:
        for layer in base_layers(locked.of(architecture)):
            with tempfile.TemporaryFile() as file:
                digests.append(write_layer(base.entries(layer), file, moment=MOMENT).digest)
                if root is not None:
                    file.seek(0)
                    with tarfile.open(fileobj=file, mode="r:gz") as archive:
                        archive.extractall(  # noqa: S202 - our own layer
                            root, numeric_owner=True, filter="fully_trusted"
                        )
    return digests


@pytest.fixture(scope="module")
def built(locked: LockedDebian, environment: dict[str, str]) -> Iterator[Built]:
    if os.geteuid() != 0 or platform.machine() != "x86_64":
        unavailable("only root of an amd64 machine can run a root of it")
    with tempfile.TemporaryDirectory(prefix="samestack-base-") as directory:
        root = Path(directory)
        digests = layers(locked, "amd64", environment, root)
        os.mknod(root / "dev/null", 0o20666, os.makedev(1, 3))  # an engine brings it
        yield Built(locked=locked, root=root, digests=digests)


def test_it_is_the_same_in_another_directory_time_zone_and_mask(
    built: Built, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    before = os.umask(0o077)
    try:
        assert layers(built.locked, "amd64", environment, None) == built.digests
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()


def test_dpkg_lists_exactly_what_the_lock_says(built: Built) -> None:
    said = built.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Package} ${Version} ${Architecture}\n")
    expected = [f"ii {one.name} {one.version} {one.architecture}" for one in built.locked.of("amd64")]
    assert sorted(said.output.splitlines()) == sorted(expected)
    listed = [line for line in built.run("dpkg", "-l").output.splitlines() if line.startswith("ii ")]
    assert len(listed) == len(expected)


def test_dpkg_finds_nothing_missing_altered_or_half_done(built: Built) -> None:
    for words in (("dpkg", "--verify"), ("dpkg", "--audit")):
        said = built.run(*words)
        assert (said.status, said.output, said.messages) == (0, "", "")


def test_python_has_what_it_is_made_with(built: Built) -> None:
    code = (
        "import ssl, sqlite3, ctypes, ctypes.util, pwd, lzma, bz2, uuid;"
        "ctypes.CDLL('libGL.so.1');"
        "print(len(ssl.create_default_context().get_ca_certs()) > 100, ctypes.util.find_library('GL'),"
        "sqlite3.connect(':memory:').execute('select 1').fetchone(), pwd.getpwuid(0).pw_name)"
    )
    said = built.run("python3", "-c", code)
    assert (said.output, said.messages) == ("True libGL.so.1 (1,) root\n", "")


def test_the_loaders_cache_is_what_ldconfig_makes(built: Built) -> None:
    made = built.run("ldconfig", "-p").output.splitlines()
    theirs = built.run("sh", "-c", "ldconfig -C /tmp/cache && ldconfig -p -C /tmp/cache; rm /tmp/cache")
    libraries = [line for line in theirs.output.splitlines() if line.startswith("\t")]
    assert [line for line in made if line.startswith("\t")] == libraries
    assert len(libraries) > 100


def test_names_that_have_no_file_of_their_own_lead_to_one(built: Built) -> None:
    assert built.run("sh", "-c", "echo a b | awk '{print $2}'").output == "b\n"
    assert built.run("which", "awk").output == "/usr/bin/awk\n"
    shown = built.run("update-alternatives", "--query", "awk")
    assert "Value: /usr/bin/mawk\n" in shown.output
    assert shown.status == 0


def test_modes_and_owners_are_those_of_debian(built: Built) -> None:
    def stated(path: str) -> tuple[int, int]:
        state = (built.root / path).lstat()
        return state.st_mode & 0o7777, state.st_gid

    assert stated("tmp") == (0o1777, 0)
    assert stated("root") == (0o700, 0)
    assert stated("var/mail") == (0o2775, 8)
    assert stated("usr/bin/su") == (0o4755, 0)
    assert stated("usr/sbin/unix_chkpwd") == (0o2755, 42)
    assert stated("etc/passwd") == (0o644, 0)


def test_a_package_can_be_installed_on_top(
    built: Built, small: LockedDebian, environment: dict[str, str]
) -> None:
    """What comes later finds a database that it can go on with; hello needs libc6 alone."""
    hello = [one for one in small.of("amd64") if one.name == "hello"]
    with Fetching(environment) as fetching:
        ((_, file),) = fetching.packages(hello, machine_mirror(environment), SUITE).items()
    (built.root / "tmp/hello.deb").write_bytes(file.read_bytes())
    try:
        said = built.run("dpkg", "-i", "/tmp/hello.deb")
        assert said.status == 0, said.messages
        assert built.run("hello").output == "Hello, world!\n"
    finally:
        built.run("dpkg", "--purge", "hello")
        (built.root / "tmp/hello.deb").unlink()


def test_a_capture_of_it_has_the_packages_of_the_lock(built: Built) -> None:
    snapshot = capture(Reference(Kind.ROOTFS, str(built.root)), Options())
    found = {
        (one.name, one.version) for one in snapshot.stack.components if one.ecosystem is Ecosystem.DEBIAN
    }
    assert found == {(one.name, one.version) for one in built.locked.of("amd64")}


def test_another_architecture_is_made_without_running_any_of_it(
    small: LockedDebian, environment: dict[str, str]
) -> None:
    with debian_base(small, "arm64", environment=environment) as base:
        found = {one.path: one for layer in base_layers(small.of("arm64")) for one in base.entries(layer)}
        dash = found["usr/bin/dash"].content
        assert dash is not None
        with dash.open() as content:
            assert Elf(content, "dash").header.machine == 183  # EM_AARCH64
        cache = found["etc/ld.so.cache"].content
        assert cache is not None
        assert b"/lib/aarch64-linux-gnu/libc.so.6\0" in cache.open().read()
    assert "lib64" not in found
    assert found["lib"].target == "usr/lib"
