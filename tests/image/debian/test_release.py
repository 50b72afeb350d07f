import pytest

from samestack.errors import InputError
from samestack.image.debian.release import IndexFile, read_release
from samestack.image.debian.signatures import Signed

HASH = "ab" * 32
TEXT = f"""\
Origin: Debian
Suite: oldstable
Codename: bookworm
Acquire-By-Hash: yes
MD5Sum:
 {"cd" * 16}  7 main/binary-amd64/Packages.xz
SHA256:
 {HASH}     1234 main/binary-amd64/Packages.xz
 {HASH} 1 main/../../../etc/passwd x
SHA512:
 {"ef" * 32} 9 main/binary-amd64/Packages.xz
"""


def test_only_what_stands_under_sha256_is_believed() -> None:
    release = read_release(Signed(text=TEXT), "bookworm", where="a mirror")
    assert release.files == {"main/binary-amd64/Packages.xz": IndexFile(HASH, 1234)}
    assert release.is_of_debian
    assert release.has_hashed_names


def test_a_suite_is_known_by_both_its_names() -> None:
    assert read_release(Signed(text=TEXT), "oldstable", where="a mirror").codename == "bookworm"
    with pytest.raises(InputError, match=r"it is the suite bookworm and not trixie"):
        read_release(Signed(text=TEXT), "trixie", where="a mirror")


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match=r"Valid-Until: 'soon' is no date"):
        read_release(Signed(text=f"{TEXT}Valid-Until: soon\n"), "bookworm", where="a mirror")
