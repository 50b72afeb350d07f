import tomllib

import pytest
import tomli_w

from samestack.errors import InputError
from samestack.image.debian.locked import LockedDebian, LockedPackage, from_table, to_table

PACKAGE = LockedPackage(
    name="libc6",
    version="2:2.36-9+deb12u14",
    architecture="amd64",
    file="pool/main/g/glibc/libc6_2.36-9+deb12u14_amd64.deb",
    size=7,
    sha256="ab" * 32,
    suite="bookworm-security",
)
LOCKED = LockedDebian(suite="bookworm", requested=("python3",), packages={"amd64": (PACKAGE,), "arm64": ()})


def test_a_lock_in_toml_says_the_same() -> None:
    written = tomli_w.dumps(to_table(LOCKED))
    assert from_table(tomllib.loads(written), file="pylock.toml") == LOCKED


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("file", "../../etc/passwd.deb"),
        ("file", "/etc/passwd.deb"),
        ("file", "pool/./x.deb"),
        ("file", "pool/x.tar"),
        ("file", "https://registry.example.com/x.deb"),
        ("sha256", "ab"),
        ("name", "../libc6"),
        ("version", "1 0"),
        ("suite", "../bookworm"),
        ("size", -1),
        ("size", "7"),
    ],
)
def test_what_leads_elsewhere_or_is_malformed_is_refused(key: str, value: object) -> None:
    table = to_table(LOCKED)
    table["packages"]["amd64"][0][key] = value
    with pytest.raises(InputError, match=r"^pylock\.toml: tool\.samestack\.image\.debian\.packages"):
        from_table(table, file="pylock.toml")


def test_an_architecture_that_was_not_locked_is_said() -> None:
    with pytest.raises(InputError, match=r"it has no Debian packages for riscv64"):
        LOCKED.of("riscv64")
