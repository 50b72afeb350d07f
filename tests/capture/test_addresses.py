import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.addresses import without_credentials


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://user:s3cret@index.example/simple", "https://index.example/simple"),
        ("https://s3cret@index.example/simple", "https://index.example/simple"),
        ("git+https://oauth2:s3cret@code.example/a.git@main", "git+https://code.example/a.git@main"),
        ("git+ssh://git@code.example/a.git@0a1b", "git+ssh://git@code.example/a.git@0a1b"),
        ("ssh://me:s3cret@code.example/a.git", "ssh://code.example/a.git"),
        ("https://index.example/a.whl?token=s3cret&x=1", "https://index.example/a.whl?x=1"),
        ("https://b.example/a?X-Amz-Signature=s3cret&X-Amz-Credential=s3cret", "https://b.example/a"),
        ("name @ https://u:s3cret@h.example/a.whl", "name @ https://h.example/a.whl"),
        ("https://index.example/@scope/name", "https://index.example/@scope/name"),
        ("file:///home/me/a.whl", "file:///home/me/a.whl"),
        ("https://u:s3%40cret@h.example", "https://h.example"),
        ("https://u:s3@cret@h.example/x", "https://h.example/x"),
    ],
)
def test_what_is_kept_of_an_address(address: str, kept: str) -> None:
    assert without_credentials(address) == kept


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=6))
def test_a_password_is_never_kept(password: str) -> None:
    secret = f"Zq{password}qZ"
    assert secret not in without_credentials(f"https://user:{secret}@h.example/a?token={secret}")


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    once = without_credentials(text)
    assert without_credentials(once) == once
