"""Wheels fetched: what servers do to them, and what is kept."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError
from samestack.image.building.downloading import Downloader
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.wheel_addresses import WheelAddresses
from samestack.image.building.wheel_files import WheelFiles
from samestack.solve.uv.index_settings import IndexSettings
from tests.image.building.file_server import Script, file_server

CONTENT = bytes(range(256)) * 4000
NAME = "alpha-1.0-py3-none-any.whl"


@pytest.fixture
def server() -> Iterator[Script]:
    with file_server({f"/{NAME}": CONTENT}) as script:
        yield script


def locked(
    url: str = "", *, content: bytes = CONTENT, size: int = len(CONTENT), path: str = ""
) -> LockedWheel:
    digits = hashlib.sha256(content).hexdigest()
    return LockedWheel(name="alpha", version="1.0", file=NAME, sha256=digits, size=size, url=url, path=path)


class Fetched:
    """Wheel files with a store of their own, and the seconds that they would have waited."""

    def __init__(self, directory: Path, addresses: WheelAddresses | None = None) -> None:
        self.waits: list[float] = []
        self.directory = directory / "wheels"
        self._environment = {"SAMESTACK_CACHE": str(directory)}
        self._addresses = addresses

    def get(self, wheel: LockedWheel) -> bytes:
        downloader = Downloader(sleep=self.waits.append)
        with WheelFiles(self._environment, addresses=self._addresses, downloader=downloader) as files:
            return files.get([wheel])[wheel.sha256].read_bytes()

    def kept(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir())


def test_fetched_once(server: Script, tmp_path: Path) -> None:
    fetched, wheel = Fetched(tmp_path), locked(f"{server.address}/{NAME}")
    assert fetched.get(wheel) == fetched.get(wheel) == CONTENT
    assert len(server.ranges) == 1
    assert fetched.kept() == [wheel.sha256]


def test_what_breaks_off_is_gone_on_with(server: Script, tmp_path: Path) -> None:
    server.troubles = ["break", "break", "500"]
    fetched = Fetched(tmp_path)
    assert fetched.get(locked(f"{server.address}/{NAME}")) == CONTENT
    half = len(CONTENT) // 2
    quarter = half + (len(CONTENT) - half) // 2
    assert server.ranges == ["bytes=0-", f"bytes={half}-", f"bytes={quarter}-", f"bytes={quarter}-"]


def test_a_server_that_begins_again_is_followed(server: Script, tmp_path: Path) -> None:
    server.troubles = ["break", "ignore"]
    assert Fetched(tmp_path).get(locked(f"{server.address}/{NAME}")) == CONTENT


def test_a_server_that_says_when_to_come_back(server: Script, tmp_path: Path) -> None:
    server.troubles = ["429"]
    fetched = Fetched(tmp_path)
    fetched.get(locked(f"{server.address}/{NAME}"))
    assert fetched.waits == [7.0]


def test_it_is_given_up_at_last(server: Script, tmp_path: Path) -> None:
    server.troubles = ["500"] * 20
    fetched = Fetched(tmp_path)
    with pytest.raises(OutsideError, match="the server answers 500"):
        fetched.get(locked(f"{server.address}/{NAME}"))
    assert fetched.waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert fetched.kept() == []


@pytest.mark.parametrize(("size", "said"), [(len(CONTENT), "SHA-256 is not"), (10, "larger than the lock")])
def test_another_file_is_refused(server: Script, tmp_path: Path, size: int, said: str) -> None:
    fetched = Fetched(tmp_path)
    with pytest.raises(InputError, match=said):
        fetched.get(locked(f"{server.address}/{NAME}", content=b"other", size=size))
    assert fetched.kept() == []


def test_credentials_are_in_no_message(server: Script, tmp_path: Path) -> None:
    server.troubles = ["500"] * 20
    address = f"{server.address}/{NAME}".replace("http://", "http://user:hidden@")
    with pytest.raises(OutsideError) as caught:
        Fetched(tmp_path).get(locked(address))
    assert "hidden" not in str(caught.value)


def test_a_file_beside_the_lock_is_checked_too(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(CONTENT)
    assert Fetched(tmp_path / "cache").get(locked(path=str(file))) == CONTENT
    file.write_bytes(b"altered" + CONTENT[7:])
    with pytest.raises(InputError, match="SHA-256"):
        Fetched(tmp_path / "other").get(locked(path=str(file)))


class Configured(WheelAddresses):
    """The addresses of one index, without asking uv."""

    def __init__(self, index: str) -> None:
        super().__init__()
        self._settings = IndexSettings(indexes=(index,))


def test_without_an_address_the_index_is_asked(server: Script, tmp_path: Path) -> None:
    server.files["/simple/alpha/"] = f'<a href="/{NAME}">it</a>'.encode()
    addresses = Configured(f"{server.address}/simple")
    assert Fetched(tmp_path, addresses).get(locked()) == CONTENT


def test_an_index_that_does_not_have_it(server: Script, tmp_path: Path) -> None:
    addresses = Configured(f"{server.address}/simple")
    with pytest.raises(OutsideError, match=f"{NAME} is on none of the indexes"):
        Fetched(tmp_path, addresses).get(locked())
