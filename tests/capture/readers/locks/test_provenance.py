"""Where packages come from: one form, and never a credential."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samestack.capture.readers.locks.provenance import (
    UNSTATED,
    Provenance,
    is_path,
    of_address,
    of_index,
    of_repository,
)

DIGITS = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("address", "source"),
    [
        (
            "git+https://git.example/a/b.git@v1#egg=b&subdirectory=c",
            "git+https://git.example/a/b.git@v1#subdirectory=c",
        ),
        ("git+https://sarah:hunter2@git.example/a/b@feature/x", "git+https://git.example/a/b@feature/x"),
        ("git+https://${TOKEN}@git.example/a/b", "git+https://git.example/a/b"),
        ("git+ssh://git@git.example/a/b@0123abc", "git+ssh://git@git.example/a/b@0123abc"),
        ("git+git@git.example:a/b.git@0123abc", "git+ssh://git@git.example/a/b.git@0123abc"),
        ("git+git@git.example:a/b.git", "git+ssh://git@git.example/a/b.git"),
        ("git+file:///srv/b@0123abc", "git+file:///srv/b@0123abc"),
        ("hg+https://hg.example/b@12", "hg+https://hg.example/b@12"),
        ("https://sarah:hunter2@host.example/b-1.whl?token=hunter2", "https://host.example/b-1.whl"),
        ("git+file:https://sarah:hunter2@host.example/b?x=1@2", "git+file:///https://host.example/b?x=1@2"),
        ("https://host.example/${DIRECTORY}/b-1.whl", "https://host.example/${DIRECTORY}/b-1.whl"),
        ("https://host.example/b.zip#egg=b&subdirectory=c", "https://host.example/b.zip#subdirectory=c"),
    ],
)
def test_an_address_on_the_network_is_the_source(address: str, source: str) -> None:
    assert of_address(address) == Provenance(source=source)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("./b", "./b"),
        ("../b-1.whl#egg=b", "../b-1.whl"),
        ("/srv/b", "/srv/b"),
        ("C:\\b\\c", "C:\\b\\c"),
        ("file:///srv/a%20b/c.whl", "/srv/a b/c.whl"),
    ],
)
def test_a_path_is_a_circumstance(address: str, path: str) -> None:
    assert of_address(address) == Provenance(circumstances={"path": path})
    assert of_address(address, is_editable=True) == Provenance(circumstances={"editable": path})


def test_a_fragment_states_hashes() -> None:
    stated = of_address(f"https://host.example/b-1.whl#sha256={DIGITS}")
    assert stated == Provenance(source="https://host.example/b-1.whl", hashes=(f"sha256:{DIGITS}",))
    assert of_address(f"file:///b-1.whl#sha256={DIGITS}").hashes == (f"sha256:{DIGITS}",)
    with pytest.raises(ValueError, match="not a hash"):
        of_address("https://host.example/b-1.whl#sha256=no")


def test_an_editable_repository_is_both() -> None:
    assert of_address("git+https://git.example/b@1", is_editable=True) == Provenance(
        source="git+https://git.example/b@1", circumstances={"editable": True}
    )


def test_an_index_is_a_circumstance() -> None:
    assert of_index("https://sarah:hunter2@index.example/simple") == Provenance(
        circumstances={"index": "https://index.example/simple"}
    )
    assert of_index(None) is UNSTATED


def test_a_repository_without_a_revision() -> None:
    assert of_repository("git+https://git.example/b/", None).source == "git+https://git.example/b"


@pytest.mark.parametrize(("address", "expected"), [("a/b", True), ("D:\\a", True), ("file:///a", False)])
def test_what_has_a_scheme_is_no_path(address: str, expected: bool) -> None:  # noqa: FBT001
    assert is_path(address) is expected


@given(st.text(min_size=1), st.text(alphabet="abc/@:#?=+%[]"))
@example("https", "//[")
def test_no_text_is_too_strange(scheme: str, rest: str) -> None:
    for address in (rest, f"{scheme}:{rest}", f"git+{scheme}://{rest}"):
        try:
            provenance = of_address(address)
        except ValueError:
            continue
        assert isinstance(provenance, Provenance)
