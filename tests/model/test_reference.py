import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import RequestError
from samestack.model import Kind, Reference


@pytest.mark.parametrize(
    ("text", "kind", "locator"),
    [
        (".", Kind.PATH, "."),
        ("machine:", Kind.MACHINE, ""),
        ("venv:.venv", Kind.VENV, ".venv"),
        ("python:/usr/bin/python3", Kind.PYTHON, "/usr/bin/python3"),
        ("conda:vision", Kind.CONDA, "vision"),
        ("rootfs:/mnt/a:b", Kind.ROOTFS, "/mnt/a:b"),
        ("C:\\envs\\venv", Kind.PATH, "C:\\envs\\venv"),
        ("requirements.txt", Kind.PATH, "requirements.txt"),
        ("./odd:name", Kind.PATH, "./odd:name"),
        ("path:venv:x", Kind.PATH, "venv:x"),
    ],
)
def test_what_a_reference_means(text: str, kind: Kind, locator: str) -> None:
    assert Reference.parse(text) == Reference(kind, locator)


@pytest.mark.parametrize("text", ["", "  ", "venv:", "machine:here", "teapot:x", "a\0b"])
def test_what_is_no_reference_is_told_the_kinds_that_there_are(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        Reference.parse(text)
    assert caught.value.hint


@given(
    st.sampled_from(Kind), st.text(min_size=1).filter(lambda text: "\0" not in text and text.strip() != "")
)
def test_text_and_reference_are_inverse(kind: Kind, locator: str) -> None:
    reference = Reference(kind, "" if kind is Kind.MACHINE else locator)
    assert Reference.parse(str(reference)) == reference


@given(st.text())
def test_any_text_is_a_reference_or_a_request_error(text: str) -> None:
    with contextlib.suppress(RequestError):
        assert str(Reference.parse(text))
