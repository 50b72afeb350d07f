import pytest

from samestack.capture.readers.conda.locked_wheels import locked_wheel

WHEEL = "https://files.example/My_Package-1.0.0-py3-none-any.whl"


def test_the_file_tells_what_the_lock_does_not() -> None:
    wheel = locked_wheel(WHEEL, None, None, None)
    assert (wheel.name, wheel.version, wheel.source) == ("my-package", "1.0.0", None)


def test_what_the_lock_tells_comes_first() -> None:
    wheel = locked_wheel(WHEEL, "Other", "2.0", "A" * 64)
    assert (wheel.name, wheel.version, wheel.facts) == ("other", "2.0", {"hashes": (f"sha256:{'a' * 64}",)})


def test_a_repository_is_a_source_and_a_path_a_circumstance() -> None:
    assert (
        locked_wheel("git+https://git.example/me@abc", "me", None, None).source
        == "git+https://git.example/me@abc"
    )
    assert locked_wheel("./me", "me", None, None).circumstances == {"path": "./me"}


@pytest.mark.parametrize(
    ("address", "name", "version", "sha256"),
    [
        ("https://files.example/x", None, None, None),
        (WHEEL, "a b", None, None),
        (WHEEL, None, "x y", None),
        (WHEEL, None, None, "x"),
    ],
)
def test_what_cannot_be_read_is_refused(
    address: str, name: str | None, version: str | None, sha256: str | None
) -> None:
    with pytest.raises(ValueError):
        locked_wheel(address, name, version, sha256)
