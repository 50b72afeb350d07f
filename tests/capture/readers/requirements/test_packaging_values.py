"""Texts of Python's packaging standards: one form for what is right, one line for what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.readers.requirements import packaging_values as values
from samestack.errors import InputError
from tests.malformed import STRANGE_TEXTS

texts = st.text() | st.sampled_from(STRANGE_TEXTS)
readers = st.sampled_from(
    (
        values.package_name,
        values.version_text,
        values.specifier_set,
        values.marker_text,
        values.requirement_of,
        lambda text: values.hash_texts([text]),
    )
)


def test_each_text_has_one_form() -> None:
    assert values.package_name("Ruamel.YAML__x") == "ruamel-yaml-x"
    assert values.version_text("v1.0-RC.1+CU118") == "1.0rc1+cu118"
    assert str(values.specifier_set(" <2 , >=1")) == "<2,>=1"
    assert str(values.specifier_set("*")) == ""
    assert values.marker_text("(python_version<'3.9')") == 'python_version < "3.9"'
    assert values.marker_text("  ") is None
    digits = "0123456789abcdef"
    assert values.hash_texts([f"sha256:{digits.upper()}", f"sha256:{digits}"]) == (f"sha256:{digits}",)


@pytest.mark.parametrize(
    ("specifiers", "version"),
    [
        ("==1.2.3", "1.2.3"),
        ("==1.2.3,>=1", "1.2.3"),
        ("==1.0.0,==1.0", "1.0.0"),
        ("==1.2.3,<1", None),
        ("==1.2.*", None),
        ("===1.2", None),
        ("==1,==2", None),
        (">=1", None),
        ("", None),
        ("==V1.0-rc.1", "1.0rc1"),
    ],
)
def test_a_version_is_decided_when_one_is_left(specifiers: str, version: str | None) -> None:
    assert values.pinned_version(values.specifier_set(specifiers)) == version


def test_markers_are_joined() -> None:
    assert values.all_of("os_name == 'a' or os_name == 'b'", None, "extra == 'c'") == (
        '(os_name == "a" or os_name == "b") and extra == "c"'
    )
    assert values.any_of(["os_name == 'a'"]) == 'os_name == "a"'
    assert values.any_of([]) is None


@given(readers, texts)
def test_what_cannot_be_read_is_refused_in_one_line(read: object, text: str) -> None:
    assert callable(read)
    try:
        read(text)
    except ValueError as refusal:
        message = str(refusal)
        assert len(message.splitlines()) == 1
        assert "hunter2" not in message


def test_deep_and_long_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        values.marker_text("(" * 3000)
    with pytest.raises(ValueError, match="over the limit of 65536"):
        values.version_text("1" * 70_000)
    with pytest.raises(ValueError, match="not a version specifier"):
        values.specifier_set(">=" + "9" * 5000)


def test_an_error_says_where_it_was_met() -> None:
    message = r"^a\.txt: line 3: not a version: Invalid version: 'x'$"
    with pytest.raises(InputError, match=message), values.placed("a.txt", "line 3"):
        values.version_text("x")
    message = r"^a\.txt: leads to b\.txt: no such file$"
    with pytest.raises(InputError, match=message) as caught, values.leading_to("a.txt"):
        raise InputError("b.txt", "no such file", hint="write it")
    assert caught.value.hint == "write it"
