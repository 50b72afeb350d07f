from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.image.debian.signatures import checked
from tests.image.debian.package_maker import clear_signed

TEXT = "Origin: Debian\n- a dash\nSHA256:\n"


def test_without_gpgv_the_text_is_given_and_said_to_be_unchecked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = clear_signed(TEXT.replace("- a", "- - a"))
    signed = checked(message.encode(), None, where="InRelease")
    assert (signed.text, signed.signer) == (TEXT, "")
    assert signed.unchecked == "gpgv is not installed"


def test_without_a_keyring_as_well(tmp_path: Path) -> None:
    signed = checked(clear_signed(TEXT).encode(), tmp_path / "none.gpg", where="InRelease")
    assert signed.unchecked


@pytest.mark.parametrize("text", ["", "Origin: Debian\n", f"Origin: Somebody\n{clear_signed(TEXT)}"])
def test_what_was_not_signed_as_a_whole_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"InRelease: it is no signed message"):
        checked(text.encode(), None, where="InRelease")
